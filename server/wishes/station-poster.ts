import type { District } from '../../shared/places/api.ts'
import type { Station } from '../../shared/wishes/desk-api.ts'
import type { Poster } from '../documents/poster.ts'
import { chinaDay } from '../platform/china-time.ts'
import { isHere, NOT_TO_BE_HUNG } from '../platform/public-address.ts'
import type { Secrets } from '../platform/secrets.ts'
import { stationCode } from './station-code.ts'

interface To {
  district: District
  station: Station
  communityName: string
  base: string
  at: Date
}

/** The sheet on a station's wall; its code opens the page on which a wish is written. */
export function stationPoster(secrets: Secrets, { district, station, communityName, base, at }: To): Poster {
  const board = `${base}/w/${district.code}`
  return {
    form: 'poster',
    title: `${station.name}-微心愿海报`,
    headline: ['说个微心愿', '大家来帮忙'],
    place: station.name,
    name: '微心愿 · 快递员、外卖骑手专用',
    // Behind #, which browsers send to nobody.
    link: `${board}/new#station=${stationCode(secrets, district.id, station.id)}`,
    caption: '手机扫一扫，一分钟写好',
    steps: ['打开微信“扫一扫”\n对准二维码', '写下想要什么、\n在哪里、怎么联系', '有单位来办，\n会打电话告诉您'],
    typing: ['扫不了？用手机浏览器打开', board.replace(/^https?:\/\//, ''), '用手机验证码登录'],
    code: '',
    promises: ['电话加密保存，只给来办的单位看'],
    footer: `${district.name} · ${communityName}　　手机用不惯？请社区工作人员帮您提`,
    ...(isHere(base) ? { mark: NOT_TO_BE_HUNG } : {}),
    date: chinaDay(at),
  }
}
