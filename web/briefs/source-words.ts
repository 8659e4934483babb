import { channelWords } from '../../shared/briefs/words.ts'
import { inWords } from '../../shared/demand/words.ts'
import type { Source } from '../../shared/document.ts'
import type { SourceWords } from '../kit/figure.tsx'

const rooms: Record<Source['of'], string> = {
  demand: '居民需求',
  responses: '答卷',
  profile: '社区概况',
  facilities: '设施台账',
  sites: '点位台账',
  programme: '建设清单',
  standards: '建设标准对照',
  comparison: '与全区比较',
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
  stays: '重抽样中列入的次数',
  resamples: '重抽样次数',
  value: '数值',
  district: '全区需求率',
  difference: '与全区的差',
  thresholds: '规划指标',
}

/** Names of the things that a path leads to by their place in a list. */
export interface SourceNames {
  services: string[]
  parts: string[]
  channels: string[]
  communities: ReadonlyMap<string, string>
}

/** Where a figure comes from, in the words of whoever reads it. */
export function sourceWords({ of, path, inputs }: Source, names: SourceNames): SourceWords {
  const words: string[] = [rooms[of]]
  let list: string | undefined
  for (const [at, step] of path.entries()) {
    if (typeof step === 'number') {
      words.push(nameIn(names, list, step))
      continue
    }
    list = step
    const known = steps[step]
    // “服务 › 养老服务” says no more than “养老服务”.
    if (step in names && typeof path[at + 1] === 'number') continue
    words.push(known ?? inWords(step))
  }
  return { path: words, inputs: inputs.map((code) => ({ code, text: inputWords(code, names) })) }
}

function nameIn(names: SourceNames, list: string | undefined, at: number): string {
  const known = list === 'services' || list === 'parts' || list === 'channels' ? names[list][at] : undefined
  return (known && (channelWords[known] ?? known)) ?? `第${at + 1}项`
}

/** A record's code in words: tallies:needs2026@1/619901001#87, profile:YX/619901001@2026-09-30, places#7, catalogue:YX@1. */
export function inputWords(code: string, names: Pick<SourceNames, 'communities'>): string {
  const place = (area: string | undefined) => (area ? (names.communities.get(area) ?? area) : '')
  const short = /^tallies:(.+)@(\d+)\/([^#]+)#(\d+)$/.exec(code)
  if (short) return `答卷汇总：${place(short[3])}，问卷${short[1]}第${short[2]}版，汇总状态${short[4]}`
  const long = /^tallies:[^/]+\/([^/]+)\/(\d+)\/([^@]+)@(\d+)$/.exec(code)
  if (long) return `答卷汇总：${place(long[3])}，问卷${long[1]}第${long[2]}版，汇总状态${long[4]}`
  const profile = /^profile:[^/]+\/([^@]+)@(.+)$/.exec(code)
  if (profile) return `社区概况：${place(profile[1])}，截至${profile[2]}`
  const other = /^(places|catalogue).*[#@](\d+)$/.exec(code)
  if (other) return `${other[1] === 'places' ? '设施、小区与点位台账' : '服务功能与规划指标'}，第${other[2]}次更新`
  return '记录'
}
