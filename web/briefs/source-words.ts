import { channelWords } from '../../shared/briefs/words.ts'
import { inWords } from '../../shared/demand/words.ts'
import type { Source } from '../../shared/document.ts'
import { kindNames } from '../../shared/wishes/kinds.ts'
import { stageNames } from '../../shared/wishes/wished.ts'
import type { SourceWords } from '../kit/figure.tsx'

const rooms: Record<Source['of'], string> = {
  demand: '居民需求',
  responses: '答卷',
  themes: '开放意见',
  review: '答卷复核',
  profile: '社区概况',
  facilities: '设施台账',
  sites: '点位台账',
  programme: '建设清单',
  standards: '建设标准对照',
  comparison: '与全区比较',
  catalogue: '服务功能与规划指标',
  methods: '计算方法',
  deliberation: '议事记录',
  wish: '微心愿',
}

/** What the steps of a path are called; a step that is not here stands for itself. */
const steps: Record<string, string> = {
  services: '服务',
  need: '需求率',
  unmet: '未满足率',
  top: '最需要（三项以内）的比率',
  p: '估计值',
  low: '区间下限',
  high: '区间上限',
  se: '标准误',
  n: '份数',
  yes: '回答“是”的人数',
  unr: '未满足评分',
  ir: '重要性评分',
  pir: '优先度',
  pirLow: '优先度下限',
  pirHigh: '优先度上限',
  firstThree: '进入前三项的机会',
  tier: '档次',
  shrunk: '参考值（向街道和全区靠拢）',
  weight: '本社区答卷所占的比重',
  unmetLow: '未满足率下限',
  unmetHigh: '未满足率上限',
  gap: '缺口',
  concerned: '服务对象',
  population: '人数',
  capacity: '可用公共设施能力',
  privateCapacity: '民办设施能力',
  facilities: '设施',
  share: '分摊到本社区的能力',
  distanceM: '距离（米）',
  parts: '分人群',
  flagged: '有疑点的份数',
  open: '尚未复核的份数',
  excluded: '排除的份数',
  answers: '份数',
  signs: '疑点',
  withAll: '计入排除的答卷',
  wrote: '写下意见的人数',
  coded: '意见已归入主题的人数',
  people: '人数（未加权）',
  from: '人数范围的下限',
  to: '人数范围的上限',
  channels: '渠道',
  outside: '不参加加权的答卷',
  proxies: '代填份数',
  inside: '参加加权的份数',
  weighting: '加权',
  deff: '设计效应',
  effectiveN: '有效样本量',
  largest: '最大权重',
  passes: '迭代轮数',
  bands: '各年龄段人数',
  bandShares: '各年龄段占比',
  residents: '居民人数',
  subdistricts: '街道数',
  communities: '社区数',
  pilots: '试点社区数',
  households: '户数',
  elders: '60岁及以上人数',
  eldersShare: '60岁及以上占比',
  eldersLivingAlone: '独居老人数',
  parents: '有孩子的家庭',
  areaKm2: '面积（平方公里）',
  buildingYear: '住宅建成年份',
  compounds: '小区数',
  rooms: '房间',
  roomCount: '房间数',
  indoorM2: '室内面积（平方米）',
  outdoorM2: '室外面积（平方米）',
  areaM2: '面积（平方米）',
  heightM: '层高（米）',
  floor: '楼层',
  exits: '出口数',
  placements: '安排的功能',
  decisions: '取舍',
  serves: '可服务人数',
  meetings: '议事会',
  present: '到会人数',
  statements: '意见条数',
  agreed: '最认同的意见',
  motions: '决议',
  votes: '表决',
  agree: '赞成',
  disagree: '反对',
  pass: '弃权',
  resolved: '要求设置的决议',
  stays: '重抽样中列入的次数',
  resamples: '重抽样次数',
  value: '数值',
  district: '全区需求率',
  difference: '与全区的差',
  needed: '需要的人数（户数）',
  publicNear: '服务半径内可用的公共设施数',
  privateNear: '服务半径内可用的民办设施数',
  leastServes: '最小规模可服务的人数（户数）',
  fitting: '适合的空间数',
  named: '理由中提到的功能数',
  aboveGroundM: '楼面离地高度（米）',
  before: '本方案实施前',
  unknown: '面积不详的设施数',
  priority: '重点服务的功能数',
  programme: '功能安排',
  reachM: '服务半径（米）',
  min_area_m2: '面积下限（平方米）',
  typical_area_m2: '一般面积（平方米，下限、上限）',
  residents_per_m2: '每平方米服务人数（户数）',
  floors: '允许的楼层（最低、最高）',
  rules: '规划规则',
  limits: '限值',
  least: '下限',
  advised: '建议值',
  lowest: '最低楼层',
  fireClassI_II: '耐火等级一、二级的最高楼层',
  fireClassIII: '耐火等级三级的最高楼层',
  fireClassIV: '耐火等级四级的最高楼层',
  storeys: '最高楼层',
  leastM2: '没有面积指标的功能的最小面积（平方米）',
  entranceExits: '独立出入口的出口数',
  rating: '优先度的分级',
  most: '满分',
  highFrom: '“高”的下限',
  mediumFrom: '“中”的下限',
  each: '每一项的满分',
  weightCap: '权重上限（平均值的倍数）',
  reach: '服务半径',
  minutes: '步行时间（分钟）',
  draws: '随机抽取次数',
  leastPublished: '可以公开的最少答卷数',
  leastWeighted: '可以加权的最少答卷数',
  fewAnswers: '须列参考值的答卷数（不足此数）',
  upstairsExits: '设在楼上时的出口数',
}

/** Steps that mean something else in one of the rooms. */
const own: Partial<Record<Source['of'], Record<string, string>>> = {
  facilities: { capacity: '日常可服务（人或户）' },
  wish: {
    ...kindNames,
    ...stageNames,
    ...{ all: '全部', n: '个数', number: '编号', kinds: '按类别', places: '场所心愿', wishes: '个数' },
    ...{
      atStations: '在骑手驿站扫码提出的',
      sponsors: '办结的共建单位',
      others: '其余共建单位',
      more: '没有列在表里的',
    },
  },
}

/** Lists whose entries stand in a path by their code. */
const coded: (string | number)[] = [
  ...['services', 'functions', 'rules', 'decisions', 'placements', 'facilities'],
  ...['sites', 'rooms', 'standards', 'meetings'],
]

/** Names of the things that a path leads to by their place in a list. */
export interface SourceNames {
  services: string[]
  parts: string[]
  channels: string[]
  /** Why answers take no part in the weights. */
  outside?: string[]
  communities: ReadonlyMap<string, string>
  /** What stands in a path by its code: services, functions, planning rules, sites, facilities. */
  codes?: ReadonlyMap<string, string>
}

/** Where a figure comes from, in the words of whoever reads it. */
export function sourceWords({ of, path, inputs, mark }: Source, names: SourceNames): SourceWords {
  const words = path.flatMap((step, at): string[] => {
    const list = at === 0 ? of : path[at - 1]
    if (typeof step === 'number') return [nameIn(names, list, step)]
    if (coded.includes(list)) return [names.codes?.get(step) ?? step]
    return namesItself(step, path[at + 1]) ? [] : [own[of]?.[step] ?? steps[step] ?? inWords(step)]
  })
  const records = inputs.map((code) => ({ code, text: inputWords(code, names) }))
  return { path: [rooms[of], ...words], inputs: records, ...(mark && { mark }) }
}

/** “服务 › 养老服务” says no more than “养老服务”. */
function namesItself(step: string, next: string | number | undefined): boolean {
  if (step === 'services' || step === 'functions') return next !== undefined
  return (step === 'parts' || step === 'channels') && typeof next === 'number'
}

const isNamed = (list: string | number): list is 'services' | 'parts' | 'channels' | 'outside' =>
  ['services', 'parts', 'channels', 'outside'].includes(String(list))

function nameIn(names: SourceNames, list: string | number, at: number): string {
  const known = isNamed(list) ? names[list]?.[at] : undefined
  return (known && (channelWords[known] ?? known)) ?? `第${at + 1}项`
}

/** 2+1: the second version, in which answers to the first count on. */
function versionWords(versions = ''): string {
  const [version, ...carried] = versions.split('+')
  return `第${version}版${carried.length > 0 ? `（含第${carried.reverse().join('、')}版的答卷）` : ''}`
}

/** A record's code in words: tallies:needs2026@1/619901001#87, profile:YX/619901001@2026-09-30, places#7, catalogue:YX@1. */
export function inputWords(code: string, names: Pick<SourceNames, 'communities'>): string {
  const place = (area: string | undefined) => (area ? (names.communities.get(area) ?? area) : '')
  const short = /^tallies:(.+)@([\d+]+)\/([^#]+)#(\d+)$/.exec(code)
  if (short) return `答卷汇总：${place(short[3])}，问卷${short[1]}${versionWords(short[2])}，汇总状态${short[4]}`
  const long = /^tallies:[^/]+\/([^/]+)\/([\d+]+)\/([^@]+)@(\d+)$/.exec(code)
  if (long) return `答卷汇总：${place(long[3])}，问卷${long[1]}${versionWords(long[2])}，汇总状态${long[4]}`
  const profile = /^profile:[^/]+\/([^@]+)@(.+)$/.exec(code)
  if (profile) return `社区概况：${place(profile[1])}，截至${profile[2]}`
  const said = /^open-answers:[^/]+\/([^/]+)\/([^@]+)@r(\d+)$/.exec(code)
  if (said) return `已确认的开放意见：${place(said[2])}，问卷${said[1]}，词典第${said[3]}次修订`
  const reviews = /^reviews:[^/]+\/([^/]+)\/([^@]+)@(.{10})/.exec(code)
  if (reviews) return `答卷复核：${place(reviews[2])}，问卷${reviews[1]}，截至${reviews[3]}`
  const held = /^deliberations:(?:[^/]+\/)?(\d+)@(.{10})/.exec(code)
  if (held) return `议事记录：房间号${held[1]}，${held[2]}结束`
  const wished = /^wishes:(?:[^/]+\/)?([\d+-]+)$/.exec(code)
  if (wished) return `微心愿：第${wished[1]!.replaceAll('+', '、').replaceAll('-', '–')}号`
  if (code === 'methods') return '计算方法，见附录'
  const other = /^(places|catalogue).*[#@](\d+)$/.exec(code)
  if (other)
    return `${other[1] === 'places' ? '社区、小区、设施与点位台账' : '服务功能与规划指标'}，第${other[2]}次更新`
  return '记录'
}
