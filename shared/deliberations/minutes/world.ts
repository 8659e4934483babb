import type { MinutesRecord, RecordedItem, RecordedQuestion, RecordedStatement } from './record.ts'

/** A statement with what was merged into it. */
export interface Voiced extends RecordedStatement {
  merged: RecordedStatement[]
}

/** What was said about one service, or about none. */
export interface Theme {
  service: string | null
  name: string
  /** With those that were merged into others. */
  all: number
  merged: number
  statements: Voiced[]
}

/** Everything that minutes may print a number of, worked out from the record. A figure's source is a path into this. */
export interface MinutesWorld extends Omit<MinutesRecord, 'agenda' | 'attendance' | 'questions'> {
  attendance: MinutesRecord['attendance'] & {
    all: number
    others: number
    agreed: number
    unnamed: number
  }
  agenda: (RecordedItem & { spent: number | null; said: number; asked: number })[]
  questions: AskedQuestion[]
  said: {
    all: number
    byPhone: number
    byDesk: number
    taken: number
    merged: number
    rejected: number
    waiting: number
  }
  themes: Theme[]
}

export type AskedQuestion = RecordedQuestion & {
  /** A quorum in percent. */
  percent: number | null
  /** Those who voted, by all channels. */
  voted: number | null
  /** Sizes of the opinion groups, and how many there are. */
  groups: number[]
  grouped: number
}

const MINUTE_MS = 60_000

/** What waits or was rejected is told as a number only. */
const isTaken = ({ state }: RecordedStatement): boolean =>
  state === 'shown' || state === 'discussed' || state === 'merged'

export function worldOf(record: MinutesRecord): MinutesWorld {
  const { attendance, agenda, statements, questions } = record
  const all = attendance.phone + attendance.seat
  const agreed = attendance.named.length
  return {
    ...record,
    attendance: { ...attendance, all, others: all - attendance.fromRoster, agreed, unnamed: all - agreed },
    agenda: agenda.map((item) => ({
      ...item,
      spent: spentOn(item),
      said: statements.filter((one) => one.item === item.id).length,
      asked: questions.filter((one) => one.item === item.id).length,
    })),
    questions: questions.map(askedOf),
    said: saidIn(statements),
    themes: themesOf(record),
  }
}

function spentOn({ startedAt, endedAt }: RecordedItem): number | null {
  if (!startedAt || !endedAt) return null
  return Math.max(1, Math.round((Date.parse(endedAt) - Date.parse(startedAt)) / MINUTE_MS))
}

function askedOf(question: RecordedQuestion): AskedQuestion {
  const { quorum, outcome } = question
  const groups = outcome?.kind === 'opinion' ? (outcome.groups?.groups.map(({ size }) => size) ?? []) : []
  return {
    ...question,
    percent: quorum ? Math.round(quorum.share * 1_000) / 10 : null,
    voted: outcome ? outcome.voted.phone + outcome.voted.seat : null,
    groups,
    grouped: groups.length,
  }
}

function saidIn(statements: readonly RecordedStatement[]): MinutesWorld['said'] {
  const count = (wanted: (one: RecordedStatement) => boolean) => statements.filter(wanted).length
  return {
    all: statements.length,
    byPhone: count(({ channel }) => channel === 'phone'),
    byDesk: count(({ channel }) => channel === 'desk'),
    taken: count(isTaken),
    merged: count(({ state }) => state === 'merged'),
    rejected: count(({ state }) => state === 'rejected'),
    waiting: count(({ state }) => state === 'received'),
  }
}

/** Statements by the service that a person confirmed, in the order of the catalogue; those about none come last. */
function themesOf({ statements, services }: MinutesRecord): Theme[] {
  const voiced = statements
    .filter((one) => isTaken(one) && one.state !== 'merged')
    .map((one) => ({ ...one, merged: statements.filter(({ mergedInto }) => mergedInto === one.id) }))
  const known = new Set(services.map(({ code }) => code))
  const themes = [
    ...services.map(({ code, name }) => ({
      service: code,
      name: `${name}方面`,
      of: (one: Voiced) => one.service === code,
    })),
    { service: null, name: '其他方面', of: (one: Voiced) => one.service === null || !known.has(one.service) },
  ]
  return themes.flatMap(({ of, ...theme }) => {
    const own = voiced.filter(of)
    const merged = own.reduce((sum, one) => sum + one.merged.length, 0)
    return own.length > 0 ? [{ ...theme, all: own.length + merged, merged, statements: own }] : []
  })
}
