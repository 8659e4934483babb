import type { Detail } from '../problem.ts'
import type { Cast, Question } from './questions-api.ts'

export type Asked = Pick<
  Question,
  'kind' | 'title' | 'item' | 'options' | 'picks' | 'secret' | 'rule' | 'quorum' | 'requirement'
>

const wrong = (at: string, rule: string, message: string): Detail => ({ at: `body/${at}`, rule, message })

const hasPlaces = ({ kind }: Pick<Asked, 'kind'>): boolean => kind === 'dots' || kind === 'ranking'

/** What is wrong with a question by itself. */
export function questionFaults(asked: Asked): Detail[] {
  return [...optionFaults(asked), ...pickFaults(asked), ...motionFaults(asked)]
}

function optionFaults({ kind, options, title }: Asked): Detail[] {
  const faults = title.trim() === '' ? [wrong('title', 'empty', '写一句要表决什么。')] : []
  if (kind === 'motion')
    return options.length === 0
      ? faults
      : [...faults, wrong('options', 'none', '决议只表赞成、反对和弃权，不用列选项。')]
  const fewest = kind === 'opinion' ? 1 : 2
  if (options.length < fewest) {
    const message = kind === 'opinion' ? '至少选一条已经上墙的意见。' : '至少列两个选项。'
    return [...faults, wrong('options', 'few', message)]
  }
  if (new Set(options.map(({ id }) => id)).size < options.length)
    return [...faults, wrong('options', 'twice', '有的选项列了两次，请删去一个。')]
  if (kind === 'opinion') return faults
  const texts = options.map(({ text }) => text.trim())
  const blank = texts.indexOf('')
  if (blank >= 0) faults.push(wrong(`options/${blank}/text`, 'empty', '这个选项还没有写文字。'))
  const again = texts.findIndex((text, i) => texts.indexOf(text) < i)
  if (again >= 0) faults.push(wrong(`options/${again}/text`, 'twice', '这个选项和前面的一个文字相同，请改一改。'))
  return faults
}

function pickFaults({ kind, options, picks }: Asked): Detail[] {
  if (!hasPlaces({ kind })) return picks === 0 ? [] : [wrong('picks', 'none', '表态和决议不选几项，这里填 0。')]
  if (picks >= 1 && picks <= options.length) return []
  const message = kind === 'dots' ? '最多选几项' : '排出前几位'
  return [wrong('picks', 'range', `${message}要在 1 和选项数 ${options.length} 之间。`)]
}

function motionFaults({ kind, secret, rule, quorum, requirement }: Asked): Detail[] {
  if (kind === 'motion') return rule ? [] : [wrong('rule', 'required', '决议要选定通过的规则。')]
  return [
    ...(secret ? [wrong('secret', 'motions', '只有决议可以无记名。')] : []),
    ...(rule ? [wrong('rule', 'motions', '只有决议有通过的规则。')] : []),
    ...(quorum ? [wrong('quorum', 'motions', '只有决议有法定人数。')] : []),
    ...(requirement ? [wrong('requirement', 'motions', '只有决议可以要求一个点位设某项功能。')] : []),
  ]
}

/** What is put to the vote, as far as a ballot is judged by it. */
export type Votable = Pick<Question, 'id' | 'kind' | 'options' | 'picks' | 'secret'>

/** Judges what one person casts at once on one question; a room of people is judged by the same. */
export function ballotJudge(question: Votable): (votes: readonly Cast[]) => Detail[] {
  const options = new Set(question.options.map(({ id }) => id))
  const subjects = question.kind === 'opinion' ? options : new Set([question.id])
  return (votes) => {
    const faults = votes.flatMap((cast, i) => castFaults(question, { options, subjects }, cast, `votes/${i}`))
    if (new Set(votes.map(({ subject }) => subject)).size < votes.length)
      faults.push(wrong('votes', 'twice', '同一项投了两次，请只留一次。'))
    if (new Set(votes.map(({ id }) => id)).size < votes.length)
      faults.push(wrong('votes', 'same-id', '两票用了同一个编号，请刷新页面再投。'))
    return faults
  }
}

interface Known {
  options: ReadonlySet<string>
  subjects: ReadonlySet<string>
}

function castFaults(question: Votable, { options, subjects }: Known, { subject, choice }: Cast, at: string): Detail[] {
  if (!subjects.has(subject)) return [wrong(`${at}/subject`, 'unknown', '这项表决里没有这一条，请刷新后再投。')]
  const isList = Array.isArray(choice)
  if (isList !== hasPlaces(question)) {
    const message = isList ? '请选赞成、反对或弃权。' : '请从列出的选项里选。'
    return [wrong(`${at}/choice`, 'type', message)]
  }
  if (!isList) return []
  if (choice.some((id) => !options.has(id)))
    return [wrong(`${at}/choice`, 'unknown', '选了一个没有列出的选项，请刷新后再投。')]
  if (new Set(choice).size < choice.length) return [wrong(`${at}/choice`, 'twice', '同一个选项选了两次，请只留一次。')]
  if (choice.length > question.picks)
    return [wrong(`${at}/choice`, 'many', `最多选 ${question.picks} 项，请去掉几项。`)]
  return []
}
