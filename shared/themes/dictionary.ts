import type { Detail } from '../problem.ts'
import type { Dictionary, ThemeCode } from './api.ts'

const entry = (code: string, name: string, service: string | null, keywords: string): ThemeCode => ({
  code,
  name,
  service,
  keywords: keywords.split(' '),
  retired: false,
})

/** What a district begins with: the nine services of the catalogue, and what residents write about most beside them. */
export const shippedCodes: ThemeCode[] = [
  entry(
    'elder_care',
    '养老服务',
    'elder_care',
    '养老 日间照料 照料中心 助浴 老年活动 老人活动 敬老院 护理 独居老人 空巢 老年大学 照顾老人 老人照顾 助老',
  ),
  entry('infant_care', '婴幼儿托育', 'infant_care', '托育 婴幼儿 婴儿 托儿所 早教 0-3岁 宝宝 带娃 母婴'),
  entry(
    'after_school',
    '儿童托管',
    'after_school',
    '托管 放学 课后 四点半 寒托 暑托 寒暑假 暑假班 接孩子 作业辅导 兴趣班',
  ),
  entry('community_meals', '社区助餐', 'community_meals', '食堂 助餐 吃饭 饭菜 早餐 午饭 送餐 老年餐 餐厅 做饭'),
  entry(
    'household_services',
    '家政便民',
    'household_services',
    '家政 保洁 理发 修鞋 维修 缝补 洗衣 开锁 便民 快递 驿站 菜市场 买菜 菜店 超市 家电',
  ),
  entry(
    'health',
    '健康服务',
    'health',
    '看病 医院 卫生站 卫生服务 社区医院 体检 量血压 药店 买药 配药 家庭医生 康复 中医 心理',
  ),
  entry('fitness', '体育健身', 'fitness', '健身 运动 球场 篮球 乒乓球 羽毛球 跑步 步道 锻炼 广场舞 健身器材 体育'),
  entry(
    'culture',
    '文化休闲',
    'culture',
    '图书 书屋 阅览 看书 自习 文化活动 活动室 唱歌 跳舞 下棋 棋牌 书法 电影 演出 讲座',
  ),
  entry('child_play', '儿童游憩', 'child_play', '游乐 滑梯 秋千 沙坑 孩子玩 小孩玩 儿童乐园 玩耍 亲子'),
  entry('parking', '停车', null, '停车 车位 乱停 停车场 地库 占道 堵车位 车棚 僵尸车 停车费'),
  entry('charging', '充电桩', null, '充电 充电桩 充电站 飞线 电瓶车 电动车'),
  entry('lift', '电梯', null, '电梯 加装电梯 爬楼 上下楼 装梯'),
  entry('noise', '噪音', null, '噪音 噪声 太吵 吵闹 扰民 很吵 安静 吵得'),
  entry('greening', '绿化', null, '绿化 绿地 种树 树木 花草 草坪 公园 花园 修剪 树荫'),
  entry(
    'sanitation',
    '环境卫生',
    null,
    '垃圾 卫生 脏乱 打扫 异味 臭味 垃圾桶 下水道 公厕 蚊虫 蟑螂 老鼠 狗屎 清运 保洁员',
  ),
  entry('security', '安全', null, '安全 保安 门禁 监控 摄像头 小偷 被盗 消防 防火 巡逻 高空抛物 遛狗 拴绳'),
  entry('property', '物业管理', null, '物业 物业费 业委会 房屋漏水 漏水 外墙 管道 维修基金 屋顶 停水 停电 供暖 暖气'),
  entry(
    'traffic',
    '交通出行',
    null,
    '公交 地铁 堵车 拥堵 红绿灯 斑马线 过马路 出行 道路 路面 坑洼 人行道 共享单车 公交站',
  ),
  entry('lighting', '路灯照明', null, '路灯 照明 太黑 灯不亮 楼道灯 没有灯 灯坏'),
  entry('barrier_free', '无障碍与适老', null, '无障碍 轮椅 坡道 扶手 台阶 盲道 适老化 休息座椅 长椅 座椅'),
  entry('neighbourhood', '邻里与议事', null, '邻里 邻居 议事 开会 意见箱 公开 志愿 矛盾 调解 沟通'),
  entry('fees', '收费与价格', null, '收费 价格 太贵 便宜 免费 优惠 涨价'),
  entry('thanks', '表扬与感谢', null, '感谢 谢谢 很好 满意 辛苦 点赞'),
  entry('other', '其他', null, '其他'),
]

export const shippedDictionary: Dictionary = { revision: 0, codes: shippedCodes }

/** What is wrong with a changed dictionary; nothing when it may be put in force. */
export function dictionaryFaults(before: ThemeCode[], codes: ThemeCode[], services: string[]): Detail[] {
  const at = (index: number) => `codes[${index}]`
  const found: Detail[] = []
  codes.forEach(({ code, name, service, keywords }, index) => {
    const earlier = codes.slice(0, index)
    if (earlier.some((other) => other.code === code))
      found.push({ at: at(index), rule: 'duplicate', message: `编码“${code}”重复，请换一个` })
    if (earlier.some((other) => other.name === name))
      found.push({ at: at(index), rule: 'duplicate', message: `主题“${name}”已经有了，请换一个名称，或把两个主题合并` })
    if (service !== null && !services.includes(service))
      found.push({ at: at(index), rule: 'service', message: `主题“${name}”对应的服务不在本区的服务目录里，请重新选择` })
    if (![name, ...keywords].every((word) => word.trim() === word && !/[\p{Cc}\p{Cs}]/u.test(word)))
      found.push({
        at: at(index),
        rule: 'text',
        message: `主题“${name}”的名称或关键词前后有空格，或有不能显示的字符，请去掉`,
      })
    if (new Set(keywords).size < keywords.length)
      found.push({ at: at(index), rule: 'keywords', message: `主题“${name}”的关键词有重复，请去掉` })
  })
  for (const { code, name } of before) {
    if (!codes.some((one) => one.code === code))
      found.push({ at: 'codes', rule: 'missing', message: `主题“${name}”不能删除，请改为停用，或并入别的主题` })
  }
  return found
}
