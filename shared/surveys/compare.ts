import T, { type Static } from 'typebox'
import { demandOf, type Json, wordsOf } from './definition.ts'
import { conditionsOf, type Face, facesOf, limitsOf, type Option, typeWords } from './faces.ts'
import { type Mapping, nextOf, valuesOf } from './mapping.ts'

/** Whether the same is measured in the later version: 口径不变, 文字有改动, 口径变了, 新增, 不再沿用. */
export const measures = ['same', 'reworded', 'changed', 'added', 'removed'] as const
export type Measure = (typeof measures)[number]

export const measureWords: Record<Measure, string> = {
  same: '口径不变',
  reworded: '文字有改动，口径不变',
  changed: '口径变了',
  added: '新增的题，以前没有',
  removed: '不再沿用',
}

/** A question in two versions: its names and titles in each, what became of it, and each change in words. */
export const QuestionChange = T.Object({
  before: T.Union([T.Object({ name: T.String(), title: T.String() }), T.Null()]),
  now: T.Union([T.Object({ name: T.String(), title: T.String() }), T.Null()]),
  measure: T.Enum([...measures]),
  /** 计量角色 of the question, in either version. */
  role: T.Union([T.String(), T.Null()]),
  changes: T.Array(T.String()),
})
export type QuestionChange = Static<typeof QuestionChange>

/** How much a change weighs: `none` changes no measure and no word of the question. */
type Weight = 'none' | 'reworded' | 'changed'
type Change = [weight: Weight, words: string]

/** Every question of two versions, in the order of the later one; those given up come last. */
export function compareVersions(before: Json, now: Json, mapping: Mapping): QuestionChange[] {
  const [old, next] = [facesOf(before), facesOf(now)]
  const pairs = next.map((face) => ({
    face,
    from: old.find(({ name }) => nextOf(mapping.questions, name) === face.name),
  }))
  const moved = movedAmong(pairs.map(({ from }) => (from ? old.indexOf(from) : -1)))
  const kept = pairs.map(({ face, from }, at) =>
    from ? pairChange(from, face, mapping, moved.has(at)) : alone(null, face),
  )
  const gone = old.filter(({ name }) => !pairs.some(({ from }) => from?.name === name))
  return [...kept, ...gone.map((face) => alone(face, null))]
}

const named = (face: Face | null) => face && { name: face.name, title: face.title }

function alone(before: Face | null, now: Face | null): QuestionChange {
  const measure = before ? 'removed' : 'added'
  return { before: named(before), now: named(now), measure, role: roleOf((now ?? before) as Face), changes: [] }
}

const roleOf = ({ asked }: Face) => demandOf(asked)?.role ?? null

function pairChange(before: Face, now: Face, mapping: Mapping, moved: boolean): QuestionChange {
  const changes = [
    ...wordChanges(before, now),
    ...kindChanges(before, now),
    ...listChanges('选项', before.options, now.options, valuesOf(mapping.choices, before.name) ?? {}),
    ...listChanges('行', before.rows, now.rows, valuesOf(mapping.rows, before.name) ?? {}),
    ...roleChanges(before, now, mapping),
    ...askingChanges(before, now, mapping),
    ...placeChanges(before, now, moved),
  ]
  const weights = changes.map(([weight]) => weight)
  const measure = weights.includes('changed') ? 'changed' : weights.includes('reworded') ? 'reworded' : 'same'
  const role = roleOf(now) ?? roleOf(before)
  return { before: named(before), now: named(now), measure, role, changes: changes.map(([, words]) => words) }
}

const changed = (is: boolean, weight: Weight, words: string): Change[] => (is ? [[weight, words]] : [])

function wordChanges(before: Face, now: Face): Change[] {
  const [was, is] = [before, now].map(({ asked }) => wordsOf(asked.json.description, ''))
  return [
    ...changed(before.title !== now.title, 'reworded', `题目文字由“${before.title}”改为“${now.title}”`),
    ...changed(was !== is, 'reworded', `说明文字由“${was}”改为“${is}”`),
    ...changed(before.name !== now.name, 'none', `题目编号由 ${before.name} 改为 ${now.name}`),
  ]
}

function kindChanges(before: Face, now: Face): Change[] {
  const type = ({ asked }: Face) => typeWords[asked.type] ?? asked.type
  const inside = ({ asked }: Face) => JSON.stringify(asked.json.templateElements ?? null)
  const other = before.kind !== now.kind
  return [
    ...changed(
      before.asked.type !== now.asked.type,
      other ? 'changed' : 'reworded',
      `题型由${type(before)}改为${type(now)}`,
    ),
    ...changed(before.asked.type === now.asked.type && other, 'changed', '填写的格式变了'),
    ...changed(inside(before) !== inside(now), 'changed', '面板里的题目变了'),
    ...changed(limitsOf(before) !== limitsOf(now), 'changed', `可选的项数由${limitsOf(before)}改为${limitsOf(now)}`),
  ]
}

function listChanges(what: string, old: Option[], next: Option[], nexts: Record<string, string | null>): Change[] {
  const targets = new Map(next.map((option) => [option.value, option]))
  const pairs = old.map((option) => ({ option, to: targets.get(nextOf(nexts, option.value) ?? '\u0000') }))
  const continued = new Set(pairs.flatMap(({ to }) => to?.value ?? []))
  const order = pairs.flatMap(({ to }) => (to ? next.indexOf(to) : []))
  return [
    ...pairs.flatMap(({ option, to }): Change[] => {
      if (!to) return [['changed', `去掉${what}“${option.text}”`]]
      return [
        ...changed(option.text !== to.text, 'reworded', `${what}“${option.text}”改为“${to.text}”`),
        ...changed(option.value !== to.value, 'none', `${what}“${to.text}”的编号由 ${option.value} 改为 ${to.value}`),
        ...changed(option.exclusive !== to.exclusive, 'changed', `${what}“${to.text}”能否与其他项同选变了`),
      ]
    }),
    ...next.flatMap(({ value, text }) => changed(!continued.has(value), 'changed', `新增${what}“${text}”`)),
    ...changed(
      order.some((place, at) => at > 0 && place < (order[at - 1] as number)),
      'none',
      `${what}的顺序变了`,
    ),
  ]
}

const roles: Record<string, string> = {
  need: '需求',
  met: '满足程度',
  top: '最盼望',
  stratum: '加权变量',
  group: '特殊情况',
  open: '开放意见',
}

function roleChanges(before: Face, now: Face, mapping: Mapping): Change[] {
  const [was, is] = [demandOf(before.asked), demandOf(now.asked)]
  const words = (role: string | undefined) => (role === undefined ? '不参与' : (roles[role] ?? role))
  if (was?.role !== is?.role) return [['changed', `计量角色由“${words(was?.role)}”改为“${words(is?.role)}”`]]
  const nexts = valuesOf(mapping.choices, before.name) ?? {}
  const outside = (was?.outside ?? []).map((value) => nextOf(nexts, value) ?? '').sort()
  return [
    ...changed(String(outside) !== String([...(is?.outside ?? [])].sort()), 'changed', '哪些选项不参加加权变了'),
    ...changed(was?.service !== is?.service, 'changed', '所问的服务变了'),
  ]
}

const REFERENCE = /\{([^}.[]+)/g

function askingChanges(before: Face, now: Face, mapping: Mapping): Change[] {
  const renamed = (text: string) => text.replace(REFERENCE, (_, name) => `{${nextOf(mapping.questions, name) ?? name}`)
  const texts = (face: Face, put: (text: string) => string) =>
    JSON.stringify(conditionsOf(face).map((text) => put(text).replace(/\s+/g, ' ').trim()))
  const needed = ({ asked: { json } }: Face) => [
    json.isRequired === true,
    json.requiredIf ?? '',
    json.eachRowRequired === true,
  ]
  const must =
    now.asked.json.isRequired === true
      ? '改为必答'
      : before.asked.json.isRequired === true
        ? '改为选答'
        : '必答的条件变了'
  return [
    ...changed(
      texts(before, renamed) !== texts(now, (text) => text),
      'changed',
      '显示的条件变了，问到的人或给出的选项不一样',
    ),
    ...changed(String(needed(before)) !== String(needed(now)), 'none', must),
  ]
}

function placeChanges(before: Face, now: Face, moved: boolean): Change[] {
  return [
    ...changed(before.page !== now.page, 'none', `由第${before.page}页移到第${now.page}页`),
    ...changed(before.page === now.page && moved, 'none', '题目的先后变了'),
  ]
}

/** Places of the questions that stand out of the order of before: all but a longest run that kept it. */
function movedAmong(before: number[]): Set<number> {
  const runs: number[][] = []
  let longest: number[] = []
  before.forEach((place, at) => {
    if (place < 0) return
    let best: number[] = []
    for (const run of runs) {
      if ((before[run[run.length - 1] as number] as number) < place && run.length > best.length) best = run
    }
    const run = [...best, at]
    runs.push(run)
    if (run.length > longest.length) longest = run
  })
  const kept = new Set(longest)
  return new Set(before.flatMap((place, at) => (place < 0 || kept.has(at) ? [] : [at])))
}
