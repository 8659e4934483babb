import type { Held, HeldMotion } from '../../deliberations/held.ts'
import { kindNames } from '../../deliberations/kinds.ts'
import { type Block, type Cell, type Sentence, told } from '../../document.ts'
import type { DeliberationFigures } from '../deliberations.ts'
import type { Facts } from '../facts.ts'
import type { Teller } from '../figures.ts'
import { dateInWords } from '../words.ts'
import type { World } from '../world.ts'
import { right } from './columns.ts'
import { countedWith } from './counted.ts'

/** 议事情况: who met, what was said and resolved. Beside the survey, never added to it. */
export function deliberationsSection(facts: Facts, world: World, tell: Teller): Block[] {
  const { deliberation } = world
  if (!deliberation || !facts.deliberations) return []
  const each = facts.deliberations.flatMap((held, at) =>
    meetingBlocks(facts, world, deliberation.meetings[at]!, held, tell),
  )
  return [
    { kind: 'heading', level: 2, text: '议事情况' },
    ...each,
    ...(deliberation.services.length > 0 ? [serviceTable(world, deliberation, tell)] : []),
  ]
}

type Meeting = DeliberationFigures['meetings'][number]

function meetingBlocks(facts: Facts, world: World, meeting: Meeting, held: Held, tell: Teller): Block[] {
  const people = countedWith(tell, 'deliberation', 'people')
  const present = people(meeting.present, 'meetings', held.code, 'present')
  const statements = tell.figure('count', 'deliberation', 'meetings', held.code, 'statements')
  const said = meeting.statements > 0 ? told`提出意见${statements}条。` : ['没有提出意见。']
  const came = held.kind === 'consultation' ? told`${present}人参与` : told`${present}人到会`
  const agreed = meeting.agreed.map(({ text, votes }, at): Sentence => {
    return told`“${text}”：${votesSentence(votes, ['meetings', held.code, 'agreed', at], tell)}。`
  })
  return [
    { kind: 'paragraph', text: told`${heldWords(facts, held)}，${came}，${said}` },
    ...(agreed.length > 0
      ? [
          { kind: 'paragraph' as const, text: ['大家最认同的意见：'] },
          { kind: 'list' as const, items: agreed },
        ]
      : []),
    ...held.motions.map((motion, at): Block => {
      const votes = votesSentence(meeting.motions[at]!.votes, ['meetings', held.code, 'motions', at], tell)
      return {
        kind: 'paragraph',
        text: told`会上就“${motion.title}”表决，${votes}，${verdictWords(motion)}。${required(facts, world, motion)}`,
      }
    }),
  ]
}

/** 2026年11月20日，和平里社区召开需求座谈会“…” */
function heldWords({ community }: Facts, { kind, title, startsOn, endsOn }: Held): string {
  if (kind !== 'consultation') return `${dateInWords(startsOn)}，${community.name}召开${kindNames[kind]}“${title}”`
  const until = endsOn && endsOn !== startsOn ? `至${dateInWords(endsOn)}` : ''
  return `${dateInWords(startsOn)}${until}，${community.name}就“${title}”开展线上征求意见`
}

function votesSentence(votes: Meeting['motions'][number]['votes'], path: (string | number)[], tell: Teller): Sentence {
  if (!votes) return ['参加表决的不足10人，票数不公开']
  const people = countedWith(tell, 'deliberation', 'people')
  const of = (choice: 'agree' | 'disagree' | 'pass') => people(votes[choice], ...path, 'votes', choice)
  return told`${of('agree')}人赞成、${of('disagree')}人反对、${of('pass')}人弃权`
}

function verdictWords({ verdict }: HeldMotion): string {
  if (verdict === 'passed') return '决议通过'
  return verdict === 'failed' ? '未获通过' : '未达到法定人数，表决无效'
}

/** What a passed resolution asks of a site, and whether the programme could follow it. */
function required(
  { sites, site: here }: Facts,
  { programme, words }: World,
  { verdict, requirement }: HeldMotion,
): string {
  if (verdict !== 'passed' || !requirement) return ''
  const { site, function: code } = requirement
  const name = sites.find((one) => one.code === site)?.name ?? site
  const isIn = programme.placements.some((one) => one.function === code && one.site === site)
  const follows = isIn ? '已列入建设清单' : '受场地条件或另一决议所限，没有列入'
  return `按照决议，${site === here ? '本点位' : name}应设置${words(code)}，${follows}。`
}

function serviceTable(world: World, { services }: DeliberationFigures, tell: Teller): Block {
  const people = countedWith(tell, 'deliberation', 'people')
  const votes = (
    code: string,
    of: 'agree' | 'disagree',
    count: DeliberationFigures['services'][number]['agree'],
  ): Cell => (count ? people(count, 'services', code, of) : '不公开')
  return {
    kind: 'table',
    code: 'deliberations',
    caption: '议事中提出的意见，按服务',
    columns: [{ title: '服务', width: 2 }, right('意见（条）'), right('赞成（人次）'), right('反对（人次）')],
    rows: services.map(({ code, agree, disagree }): Cell[] => [
      world.words(code),
      tell.figure('count', 'deliberation', 'services', code, 'statements'),
      votes(code, 'agree', agree),
      votes(code, 'disagree', disagree),
    ]),
    note: [
      '到会的居民不能代表全体居民：这些数字列在问卷的份额旁边，不加权，也不与份额相加。一人对几条意见表态的，各计一次；并入他条的意见只计一次。',
    ],
  }
}
