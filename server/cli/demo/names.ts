import type { Chance } from './chance.ts'

/** Subdistricts of the demo district: invented, like every name here but those of the four reported cases. */
export const subdistrictNames = [
  '清渠街道',
  '望湖街道',
  '柳巷街道',
  '安澜街道',
  '东篱街道',
  '钟楼里街道',
  '文渊街道',
  '和光街道',
]

const first = ['云', '锦', '瑞', '景', '槐', '梧', '松', '兰', '竹', '荷', '鹿', '雁', '月', '晴', '芳']
const second = ['溪', '泉', '坊', '桥', '台', '岗', '池', '汀', '屏', '渡']
const compoundEnds = ['家园', '小区', '花园', '苑', '家属院', '里', '公寓', '新村', '大院', '巷平房']

/** As many different community names as asked for (at most 150), in chance order. */
export function communityNames(count: number, chance: Chance): string[] {
  const all = first.flatMap((a) => second.map((b) => `${a}${b}社区`))
  return chance.shuffled(all).slice(0, count)
}

/** Names of a community's compounds; none twice inside the community. */
export function compoundNames(community: string, count: number, chance: Chance): string[] {
  const stem = community.replace('社区', '')
  const ends = chance.shuffled(compoundEnds)
  return Array.from({ length: count }, (_, i) => {
    const round = Math.floor(i / ends.length)
    return `${stem}${ends[i % ends.length]}${round ? `${round + 1} 区` : ''}`
  })
}
