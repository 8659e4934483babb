import { type Block, told } from '../../document.ts'
import type { MinutesTexts } from '../minutes-api.ts'
import type { Count } from './figures.ts'
import { heading, paragraph, spanWords, written } from './words.ts'
import type { MinutesWorld } from './world.ts'

/** When, where, who led it and who came. */
export function aboutSection(world: MinutesWorld, count: Count, texts: MinutesTexts): Block[] {
  const online = world.kind === 'consultation'
  return [
    heading(1, '基本情况'),
    paragraph(`时间：${timeWords(world)}。`),
    ...(world.place && !online ? [paragraph(`地点：${world.place}。`)] : []),
    ...(world.compounds.length > 0 ? [paragraph(`范围：${world.compounds.join('、')}。`)] : []),
    ...(world.host ? [paragraph(`${online ? '组织' : '主持'}：${world.host}。`)] : []),
    ...(online ? [paragraph(...told`参与：${count('attendance', 'all')}人。`)] : attendance(world, count)),
    ...written(texts, 'opening'),
  ]
}

/** A meeting took place when it was held, a consultation lasts as long as it was announced. */
function timeWords({ kind, startsAt, endsAt, openedAt, closedAt }: MinutesWorld): string {
  if (kind === 'consultation') return spanWords(startsAt, endsAt)
  return spanWords(openedAt ?? startsAt, closedAt)
}

function attendance({ attendance: { roster, left } }: MinutesWorld, count: Count): Block[] {
  const number = (name: string) => count('attendance', name)
  const came = told`实到${number('all')}人，其中手机签到${number('phone')}人、座位卡签到${number('seat')}人`
  const invited = roster > 0 ? told`应到${number('roster')}人，` : []
  const early = left > 0 ? told`会议结束前离场${number('left')}人。` : []
  return [
    paragraph(...told`出席：${invited}${came}；既用手机又用座位卡的只计一次。${early}`),
    ...(roster > 0 ? [attendanceTable(number)] : []),
  ]
}

function attendanceTable(number: (name: string) => ReturnType<Count>): Block {
  const columns = ['应到', '实到', '名单内到会', '名单外到会', '手机签到', '座位卡签到']
  return {
    kind: 'table',
    code: 'attendance',
    caption: '到会人数（人）',
    columns: columns.map((title) => ({ title, align: 'centre' as const })),
    rows: [['roster', 'all', 'fromRoster', 'others', 'phone', 'seat'].map(number)],
  }
}
