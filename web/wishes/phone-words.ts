import type { BoardWish, OwnWish } from '../../shared/wishes/api.ts'
import { daysBetween, dayWords, today } from './days.ts'

/** How long there is until a wish is needed; undefined where nobody said. */
export function timeLeft(neededBy: string | null, now: Date): string | undefined {
  if (!neededBy) return undefined
  const left = daysBetween(today(now), neededBy)
  if (left < 0) return `希望${dayWords(neededBy, now)}前，已经过了`
  if (left === 0) return '希望今天就办到'
  return `还有 ${left} 天（希望${dayWords(neededBy, now)}前）`
}

/** Where it is, as far as words say. */
export function whereWords({ where }: Pick<BoardWish, 'where'>): string | undefined {
  if (!where) return undefined
  return where.words ?? (where.point ? '地图上标了位置' : undefined)
}

/** Who has it, and until when. */
export function holderWords({ state, sponsor, dueOn }: BoardWish, now: Date): string {
  const who = sponsor ?? '一家单位'
  if (state === 'fulfilled') return `${who}办到了`
  if (state === 'delivered') return `${who}说办好了，等许愿人确认`
  if (state === 'disputed') return `${who}办过，正在核实`
  if (state === 'claimed') return dueOn ? `${who}认领了，${dayWords(dueOn, now)}前办好` : `${who}认领了`
  return '还没有单位认领'
}

/** What a state means for whoever wished. */
export function stateSentence({ state, sponsor, dueOn, supporters, mergedInto }: OwnWish, now: Date): string {
  const who = sponsor ?? '一家单位'
  switch (state) {
    case 'submitted':
      return '收到了，社区工作人员正在看，通过后就上心愿墙。'
    case 'returned':
      return '社区请您改一改，改好再提交一次。'
    case 'open':
      return `上心愿墙了，正等着单位来认领。${supporters > 0 ? `还有 ${supporters} 位街坊也想要。` : ''}`
    case 'claimed':
      return `${who}在办${dueOn ? `，${dayWords(dueOn, now)}前办好` : ''}；办事的人会打您留的电话。`
    case 'delivered':
      return `${who}说办好了，请您看看是不是真办到了。`
    case 'disputed':
      return '您说还没有办到，社区正在核实，会给您回话。'
    case 'fulfilled':
      return `办到了，是${who}办的。`
    case 'rejected':
      return '这个心愿没有通过。'
    case 'withdrawn':
      return '这个心愿您撤回了。'
    case 'merged':
      return `同${mergedInto ? `第 ${mergedInto.number} 号` : '另一个心愿'}说的是一件事，合在一起办，您的也算在里面。`
    case 'lapsed':
      return '过了希望的日子还没有单位认领，对不住您。还需要的话，再许一次。'
  }
}
