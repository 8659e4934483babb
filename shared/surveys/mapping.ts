import T, { type Static } from 'typebox'
import type { Detail } from '../problem.ts'
import type { Json } from './definition.ts'
import { type Face, facesOf, type Option, typeWords } from './faces.ts'

const Name = T.String({ maxLength: 200 })
const Next = T.Union([Name, T.Null()])
const Values = T.Record(Name, T.Record(Name, Next), { maxProperties: 500 })

/**
 * How questions and choices of the version before continue: old name to new name, or null where one is given up. What keeps
 * its name, or its value, need not be said.
 */
export const Mapping = T.Object(
  {
    questions: T.Record(Name, Next, { maxProperties: 500 }),
    /** By old question. */
    choices: Values,
    /** The rows of a matrix. */
    rows: T.Optional(Values),
  },
  { additionalProperties: false },
)
export type Mapping = Static<typeof Mapping>

type Nexts = Record<string, string | null>

/** Names are people's own: `constructor` is one like any other. */
export function nextOf(nexts: Nexts | undefined, name: string): string | null | undefined {
  return nexts && Object.hasOwn(nexts, name) ? nexts[name] : undefined
}

export function valuesOf(of: Record<string, Nexts> | undefined, question: string): Nexts | undefined {
  return of && Object.hasOwn(of, question) ? of[question] : undefined
}

const named = <V>(entries: [string, V][]): Record<string, V> => Object.fromEntries(entries)

/** The mapping that nobody has to think about: same name and kind, or else the same words under another name; what has no successor is given up. */
export function proposal(before: Json, now: Json): Mapping {
  const [old, next] = [facesOf(before), facesOf(now)]
  const taken = new Set(old.flatMap((face) => next.find((one) => isSame(face, one))?.name ?? []))
  const questions = named(old.map((face) => [face.name, successorOf(face, next, taken)]))
  return complete(old, next, { questions, choices: {} }, (options, nexts) => likely(options, nexts))
}

const isSame = (face: Face, next: Face) => face.name === next.name && face.kind === next.kind

function successorOf(face: Face, next: Face[], taken: Set<string>): string | null {
  const same = next.find((one) => isSame(face, one))
  if (same) return same.name
  const alike = next.find((one) => one.kind === face.kind && one.title === face.title && !taken.has(one.name))
  if (alike) taken.add(alike.name)
  return alike?.name ?? null
}

function likely(options: Option[], next: Option[]): Nexts {
  const kept = new Set(options.map(({ value }) => value).filter((value) => next.some((one) => one.value === value)))
  return named(
    options.map(({ value, text }) => {
      if (kept.has(value)) return [value, value]
      const alike = next.find((one) => one.text === text && !kept.has(one.value))
      if (alike) kept.add(alike.value)
      return [value, alike?.value ?? null]
    }),
  )
}

/** What was said, with everything that keeps its name added: a mapping of every question, and of every choice of those that go on. */
export function completed(before: Json, now: Json, said: Mapping): Mapping {
  return complete(facesOf(before), facesOf(now), said, identical)
}

const identical = (options: Option[], next: Option[]): Nexts =>
  named(options.map(({ value }) => [value, next.some((one) => one.value === value) ? value : null]))

function complete(old: Face[], next: Face[], said: Mapping, otherwise: (options: Option[], next: Option[]) => Nexts) {
  const questions = named(old.map((face) => [face.name, questionAfter(face, next, said) ?? null]))
  const going = old.flatMap((face) => {
    const to = next.find(({ name }) => name === questions[face.name])
    return to ? [{ face, to }] : []
  })
  const nexts = (of: 'options' | 'rows', from: Record<string, Nexts> | undefined) =>
    named(
      going
        .filter(({ face }) => face[of].length > 0)
        .map(({ face, to }) => [face.name, { ...otherwise(face[of], to[of]), ...valuesOf(from, face.name) }]),
    )
  return { questions, choices: nexts('options', said.choices), rows: nexts('rows', said.rows) }
}

/** Undefined where nothing was said and nothing has the same name. */
function questionAfter(face: Face, next: Face[], said: Mapping): string | null | undefined {
  const to = nextOf(said.questions, face.name)
  return to !== undefined ? to : next.find((one) => isSame(face, one))?.name
}

const refusal = (at: string, rule: string, message: string): Detail => ({ at, rule, message })
const called = ({ title, name }: Face) => `“${title}”（${name}）`

/** Why a mapping cannot stand, by question of the version before. */
export function mappingRefusals(before: Json, now: Json, said: Mapping): Detail[] {
  const [old, next] = [facesOf(before), facesOf(now)]
  const names = [said.questions, said.choices, said.rows ?? {}].flatMap(Object.keys)
  const strange = [...new Set(names)].filter((name) => !old.some((face) => face.name === name))
  const out = strange.map((name) => refusal(name, 'unknown', `上一版没有“${name}”这一题，请检查对应关系`))
  const from = new Map<string, Face>()
  for (const face of old) {
    const to = questionAfter(face, next, said)
    if (to === null || (to === undefined && !face.counted)) continue
    const target = next.find(({ name }) => name === to)
    const other = to === undefined ? undefined : from.get(to)
    if (to === undefined) out.push(lost(face))
    else if (!target)
      out.push(refusal(face.name, 'unknown', `${called(face)}要接到的“${to}”不在新版本里，请检查对应关系`))
    else if (other)
      out.push(
        refusal(face.name, 'twice', `${called(other)}和${called(face)}都接到了“${target.title}”，一题只能接一题`),
      )
    else if (target.kind !== face.kind) out.push(otherKind(face, target))
    else out.push(...valueRefusals(face, target, said))
    if (to !== undefined && to !== null && !other) from.set(to, face)
  }
  return out
}

function lost(face: Face): Detail {
  const message = `${called(face)}在新版本里没有着落：请说明它接到哪一题，或者写明不再沿用（null）`
  return refusal(face.name, 'lost', message)
}

function otherKind(face: Face, target: Face): Detail {
  const words = ({ asked }: Face) => typeWords[asked.type] ?? asked.type
  const message = `${called(face)}是${words(face)}，${called(target)}是${words(target)}，两种答案不能合在一起统计，请另选一题或写明不再沿用（null）`
  return refusal(face.name, 'kind', message)
}

function valueRefusals(face: Face, target: Face, said: Mapping): Detail[] {
  const choices = listRefusals(face, '选项', face.options, target.options, valuesOf(said.choices, face.name))
  return [...choices, ...listRefusals(face, '行', face.rows, target.rows, valuesOf(said.rows, face.name))]
}

function listRefusals(face: Face, what: string, old: Option[], next: Option[], said: Nexts | undefined): Detail[] {
  const out = Object.keys(said ?? {})
    .filter((value) => !old.some((one) => one.value === value))
    .map((value) => refusal(face.name, 'unknown', `上一版的${called(face)}没有“${value}”这个${what}，请检查对应关系`))
  const from = new Map<string, Option>()
  for (const option of old) {
    const to = nextOf(said, option.value) ?? (nextOf(said, option.value) === null ? null : option.value)
    if (to === null) continue
    const other = from.get(to)
    if (!next.some(({ value }) => value === to)) {
      const message = `${called(face)}的${what}“${option.text}”在新版本里没有着落：请说明它接到哪个${what}，或者写明不再沿用（null）`
      out.push(refusal(face.name, 'lost', message))
    } else if (other) {
      const message = `${called(face)}的${what}“${other.text}”和“${option.text}”都接到了“${to}”，一个${what}只能接一个`
      out.push(refusal(face.name, 'twice', message))
    }
    from.set(to, option)
  }
  return out
}

/** What a mapping says beyond what keeps its name: for people to read, and for the audit. */
export function saidOf({ questions, choices, rows = {} }: Mapping): Mapping {
  const other = (nexts: Nexts) => named(Object.entries(nexts).filter(([from, to]) => from !== to))
  const others = (of: Record<string, Nexts>) =>
    named(
      Object.entries(of)
        .map(([name, nexts]): [string, Nexts] => [name, other(nexts)])
        .filter(([, nexts]) => Object.keys(nexts).length > 0),
    )
  return { questions: other(questions), choices: others(choices), rows: others(rows) }
}

/** Two mappings one after the other: from the first's old version to the second's new one. */
export function composed(first: Mapping, second: Mapping): Mapping {
  const questions = named(
    Object.entries(first.questions).map(([name, to]) => [
      name,
      to === null ? null : (nextOf(second.questions, to) ?? null),
    ]),
  )
  const values = (of: 'choices' | 'rows') =>
    named(
      Object.entries(first[of] ?? {}).map(([name, nexts]): [string, Nexts] => {
        const after = valuesOf(second[of], nextOf(first.questions, name) ?? '')
        return [
          name,
          named(Object.entries(nexts).map(([value, to]) => [value, to === null ? null : (nextOf(after, to) ?? null)])),
        ]
      }),
    )
  return { questions, choices: values('choices'), rows: values('rows') }
}
