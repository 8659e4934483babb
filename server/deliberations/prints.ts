import { kindNames } from '../../shared/deliberations/kinds.ts'
import type { District } from '../../shared/places/api.ts'
import type { Poster } from '../documents/poster.ts'
import type { Seats } from '../documents/seats.ts'
import { chinaDay, chinaMinute } from '../platform/china-time.ts'
import { isHere, NOT_TO_BE_HUNG } from '../platform/public-address.ts'
import type { Secrets } from '../platform/secrets.ts'
import { refuse } from '../refusals.ts'
import { ofDeliberation } from './found.ts'
import type { StoredDeliberation } from './queries.ts'
import { seatSecret } from './seat-card.ts'

export interface ToPrint {
  found: StoredDeliberation
  district: District
  communityName: string
  /** Where residents reach the server, without a slash at the end. */
  base: string
  at: Date
}

const addressOf = ({ base, district, found }: ToPrint): string => `${base}/m/${district.code}/${found.code}`

const marked = (base: string) => (isHere(base) ? { mark: NOT_TO_BE_HUNG } : {})

const inRoom = {
  headline: ['扫一扫，进会场'],
  caption: '微信扫一扫，坐下就能说',
  steps: ['打开微信“扫一扫”，\n对准二维码', '点“签到”，\n姓名可以不写', '听、说、表态，\n都在手机上'],
  promises: ['没有智能手机？门口领座位卡，一样发言表决'],
}

const online = {
  headline: ['行动蓝图，请您看看'],
  caption: '微信扫一扫，逐条说意见',
  steps: ['打开微信“扫一扫”，\n对准二维码', '一条一条看，\n赞成还是反对', '想到什么写下来，\n条条有答复'],
  promises: ['不用写姓名和电话，手机用不惯请到社区来说'],
}

/** A sheet that hangs at the door, or four cards that stand on tables. */
export function posterOf(toPrint: ToPrint, form: Poster['form']): Poster {
  const { found, district, communityName, base, at } = toPrint
  return {
    form,
    ...(found.kind === 'consultation' ? online : inRoom),
    title: `${found.title}-${form === 'cards' ? '桌卡' : '海报'}`,
    place: communityName,
    name: `${found.title} · ${whenOf(found)}`,
    link: addressOf(toPrint),
    typing: [`扫不了？用手机浏览器打开 ${base.replace(/^https?:\/\//, '')}/m，输入房间号`],
    code: found.code,
    largeCode: true,
    footer: [district.name, communityName, kindNames[found.kind], found.place].filter(Boolean).join(' · '),
    ...marked(base),
    date: chinaDay(at),
  }
}

function whenOf({ kind, starts_at, ends_at }: StoredDeliberation): string {
  return kind === 'consultation' && ends_at ? `${chinaMinute(ends_at)} 截止` : chinaMinute(starts_at)
}

/** A card for each seat. @throws {Refusal} badPlan, where there are none */
export function seatsOf(toPrint: ToPrint, secrets: Pick<Secrets, 'hashed'>): Seats {
  const { found, communityName, base, at } = toPrint
  if (found.seats === 0)
    throw refuse.badPlan([
      { at: 'seats', rule: 'empty', message: '还没有写要几张座位卡，请先填写张数并保存，再打印。' },
    ])
  const numbers = Array.from({ length: found.seats }, (_, i) => i + 1)
  const linkTo = (seat: number) =>
    `${addressOf(toPrint)}#seat=${seat}.${seatSecret(secrets, ofDeliberation(found), seat)}`
  return {
    title: `${found.title}-座位卡`,
    place: [communityName, found.place, whenOf(found)].filter(Boolean).join(' · '),
    name: found.title,
    caption: '有手机：扫码签到',
    advice: '没有手机：举牌发言，表决时报座位号；离场请交回',
    ...marked(base),
    seats: numbers.map((number) => ({ number, link: linkTo(number) })),
    date: chinaDay(at),
  }
}
