import type { ServiceWords } from './suggest.ts'

const entry = (service: string, words: string): ServiceWords => ({ service, words: words.split(' ') })

/** What residents say when they mean one of the nine services; a district may put its own words in their place. */
export const shippedKeywords: readonly ServiceWords[] = [
  entry(
    'elder_care',
    '养老 敬老院 养老院 日间照料 照料中心 日托 助浴 洗澡 老年活动 老人活动 老年活动室 老年大学 独居老人 空巢 失能 失智 护理 护工 照顾老人 老人照顾 陪护 上门照护 居家照护 助老 喘息 适老化',
  ),
  entry(
    'infant_care',
    '托育 托育点 托儿所 婴幼儿 婴儿 宝宝 宝宝屋 早教 带娃 带孙子 带孙女 母婴室 三岁以下 0-3岁 一岁 两岁 小月龄 临时托',
  ),
  entry(
    'after_school',
    '托管 托管班 放学 课后 四点半 三点半 寒托 暑托 寒托班 暑托班 寒暑假 暑假 寒假 接孩子 接娃 作业 辅导 兴趣班 小学生 双职工',
  ),
  entry(
    'community_meals',
    '食堂 社区食堂 助餐 助餐点 老年餐 长者食堂 吃饭 吃上饭 饭菜 早餐 早点 午饭 午餐 晚饭 送餐 餐厅 做饭 买饭 热饭 伙食 食材 就餐',
  ),
  entry(
    'household_services',
    '家政 保洁 钟点工 理发 剪头发 修鞋 配钥匙 开锁 维修 修理 修家电 小修小补 缝补 改衣服 裁缝 洗衣 磨刀 便民 便民服务 便民店 快递 快递柜 驿站 菜市场 买菜 菜店 菜摊 小卖部 超市 工具房 借工具 回收',
  ),
  entry(
    'health',
    '看病 卫生站 卫生服务 卫生服务站 卫生所 社区医院 医院 医生 家庭医生 护士 体检 量血压 测血糖 打针 输液 换药 药店 买药 配药 拿药 开药 取药 康复 理疗 中医 针灸 心理 心理咨询 健康 急救 除颤仪 义诊 慢性病 慢病 高血压 糖尿病',
  ),
  entry(
    'fitness',
    '健身 健身房 健身器材 健身步道 运动 运动场 体育 球场 打球 篮球 篮球场 乒乓球 乒乓球台 羽毛球 足球 门球 跑步 跑道 步道 散步 锻炼 晨练 太极 太极拳 广场舞 游泳 瑜伽 单杠',
  ),
  entry(
    'culture',
    '图书 图书室 图书馆 图书角 书屋 书吧 看书 读书 阅览 阅览室 借书 自习 自习室 文化 文化站 文化活动 活动室 唱歌 合唱 合唱团 唱戏 戏曲 跳舞 舞蹈室 排练 下棋 棋牌 棋牌室 书法 画画 国画 电影 放电影 演出 讲座 展览 非遗 乐器',
  ),
  entry(
    'child_play',
    '滑梯 秋千 沙坑 沙池 跷跷板 攀爬 游乐 游乐场 游乐设施 儿童乐园 儿童活动 孩子玩 小孩玩 娃娃玩 孩子们玩 玩耍 玩的地方 遛娃 亲子 玩具 儿童友好 滑板',
  ),
]

/** Words by service in the order of the catalogue: a district's own where it has some, the shipped ones otherwise. */
export function keywordsFor(services: readonly string[], own: readonly ServiceWords[]): ServiceWords[] {
  return services.map((service) => {
    const found = [...own, ...shippedKeywords].find((one) => one.service === service)
    return { service, words: found?.words ?? [] }
  })
}
