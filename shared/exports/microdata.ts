import { type Channel, channels } from '../surveys/api.ts'
import { channelNames } from '../surveys/channel-names.ts'
import { type Answers, type Cell, type Choice, type Column, type Columns, columnsOf, type Version } from './columns.ts'
import { type Generalised, generalise, type KeyClass, keyOf, type Released } from './generalise.ts'
import { bandOf, type Levels, levelsOf } from './keys.ts'

/** An answer as files may use it; what is not here is in no file. */
export interface Row {
  version: number
  community: string
  channel: Channel
  proxy: boolean
  review: string
  submittedAt: Date
  answers: Answers
}

export interface Places {
  communities: { code: string; name: string; subdistrict: string }[]
  subdistricts: { code: string; name: string }[]
}

/** How many answers of a version are alike in community, age band and sex as they were given. */
export interface Counted {
  version: number
  community: string
  age: unknown
  sex: unknown
  n: number
}

export interface Microdata extends Pick<Columns, 'leftOut'> {
  columns: Column[]
  generalised: Generalised
  cells(row: Row): Cell[]
}

const reviews = [
  { value: 'kept', text: '采用' },
  { value: 'excluded', text: '排除' },
]

/** Columns and cells of the microdata of some versions; undefined where there are too few answers to release any. */
export function microdataOf(
  versions: Version[],
  places: Places,
  counted: Counted[],
  withExcluded: boolean,
): Microdata | undefined {
  const levels = levelsOf(versions)
  const keys = new Map(versions.map((each) => [each.version, each.keys]))
  const subdistrictOf = new Map(places.communities.map(({ code, subdistrict }) => [code, subdistrict]))
  const classes = classesOf(counted, levels, subdistrictOf)
  const generalised = generalise([...classes.values()], levels.ages.length)
  if (!generalised) return undefined
  const released = new Map([...classes.keys()].map((key, at) => [key, generalised.of[at]!]))
  const own = keyColumns(levels, places, generalised)
  const { columns: asked, leftOut } = columnsOf(versions)
  const about = aboutColumns(versions, withExcluded)
  const taken = new Set([...about, ...own].map(({ id }) => id))
  const questions = asked.map((column) => (taken.has(column.id) ? { ...column, id: `${column.id}#question` } : column))
  return {
    columns: [...about, ...own, ...questions],
    leftOut,
    generalised,
    cells(row) {
      const { age, sex } = keys.get(row.version) ?? {}
      const given = { age: age && row.answers[age], sex: sex && row.answers[sex] }
      const of = released.get(classKey({ ...row, ...given }, levels))
      if (!of) throw new Error('an answer is of a class that was not counted')
      const cells = [...about.map((column) => column.read(row)), ...own.map((column) => column.read(of))]
      for (const column of questions) cells.push(column.read(row.answers))
      return cells
    },
  }
}

function classKey({ community, age, sex }: Pick<Counted, 'community' | 'age' | 'sex'>, levels: Levels): string {
  return `${community} ${bandOf(levels, age)} ${sex ?? ''}`
}

function classesOf(counted: Counted[], levels: Levels, subdistrictOf: Map<string, string>): Map<string, KeyClass> {
  const classes = new Map<string, KeyClass>()
  for (const each of counted) {
    const key = classKey(each, levels)
    const known = classes.get(key)
    const { community, n } = each
    const [age, sex] = [bandOf(levels, each.age), String(each.sex ?? '')]
    const subdistrict = subdistrictOf.get(community) ?? ''
    if (known) known.n += n
    else classes.set(key, { community, subdistrict, age, sex, n })
  }
  return new Map([...classes].sort(([a], [b]) => (a < b ? -1 : 1)))
}

interface ReadOf<T> extends Column {
  read(of: T): Cell
}

function column<T>(id: string, title: string, more: Partial<Column>, read: (of: T) => Cell): ReadOf<T> {
  return { id, title, kind: 'choice', choices: [], versions: [], ...more, read }
}

const coded = (list: { value: string; text: string }[]): Choice[] => list.map((each, at) => ({ ...each, code: at + 1 }))

function aboutColumns(versions: Version[], withExcluded: boolean): ReadOf<Row>[] {
  const all = versions.map(({ version }) => version)
  const placeOf = (list: readonly string[]) => (value: string) => (list.includes(value) ? list.indexOf(value) : null)
  const channelOf = placeOf(channels)
  const reviewOf = placeOf(reviews.map(({ value }) => value))
  const channelChoices = coded(channels.map((value) => ({ value, text: channelNames[value] })))
  const review = column<Row>('review', '复核', { choices: coded(reviews), versions: all }, (row) =>
    reviewOf(row.review),
  )
  return [
    column('version', '问卷版本', { kind: 'number', versions: all }, ({ version }) => version),
    column('week', '提交的那一周（星期一）', { kind: 'text', versions: all }, ({ submittedAt }) => weekOf(submittedAt)),
    column('channel', '渠道', { choices: channelChoices, versions: all }, ({ channel }) => channelOf(channel)),
    column('proxy', '由别人代填', { kind: 'flag', versions: all }, ({ proxy }) => Number(proxy)),
    ...(withExcluded ? [review] : []),
  ]
}

const DAY_MS = 86_400_000
const CHINA_MS = 8 * 3_600_000

/** The Monday of the week in China. */
function weekOf(at: Date): string {
  const day = new Date(at.getTime() + CHINA_MS)
  const monday = day.getTime() - ((day.getUTCDay() + 6) % 7) * DAY_MS
  return new Date(monday).toISOString().slice(0, 10)
}

/** Where, how old and of which sex, as far as every class stays strong enough. */
function keyColumns(levels: Levels, places: Places, { classes }: Generalised): ReadOf<Released>[] {
  const named = (list: { code: string; name: string }[]) =>
    coded(list.map(({ code, name }) => ({ value: code, text: `${name}（${code}）` })))
  const placeIn = (choices: Choice[]) => {
    const at = new Map(choices.map(({ value }, index) => [value, index]))
    return (value: string | null) => (value === null ? null : (at.get(value) ?? null))
  }
  const key = (id: string, title: string, choices: Choice[], value: (of: Released) => string | null) => {
    const at = placeIn(choices)
    return column<Released>(id, title, { choices }, (of) => at(value(of)))
  }
  return [
    key('subdistrict', '街道', named(places.subdistricts), ({ subdistrict }) => subdistrict),
    key('community', '社区', named(places.communities), ({ community }) => community),
    key('age', '年龄段', ageChoices(levels, classes), ageValue),
    key('sex', '性别', coded(levels.sexes), ({ sex }) => sex),
  ]
}

const ageValue = ({ age }: Released) => age && `${age.from}-${age.to}`

/** One band has the number of its place; several from `a` to `b` have 1000·a + b, so that the same ages always have the same number. */
function ageChoices({ ages }: Levels, classes: Released[]): Choice[] {
  const used = new Map(classes.flatMap(({ age }) => (age ? [[`${age.from}-${age.to}`, age] as const] : [])))
  const choices = [...used].map(([value, { from, to }]): Choice => {
    const [first, last] = [ages[from], ages[to]]
    if (!first || !last) return { value, text: '不愿说或没有答', code: 0 }
    if (from === to) return { value, text: first.text, code: from + 1 }
    return { value, text: `${first.text}至${last.text}`, code: 1000 * (from + 1) + to + 1 }
  })
  return choices.sort((a, b) => a.code - b.code)
}

/** How many classes and rows a file says less of. */
export interface Lost {
  rows: number
  classes: number
  /** As they were given: community, one age band, sex. */
  whole: number
  wider: number
  ageless: number
  sexless: number
  inSubdistrict: number
  inDistrict: number
}

export function lostIn({ classes }: Generalised): Lost {
  const rows = (fits: (of: Released) => boolean) => classes.reduce((sum, each) => sum + (fits(each) ? each.n : 0), 0)
  return {
    rows: rows(() => true),
    classes: new Set(classes.map(keyOf)).size,
    whole: rows(({ community, age, sex }) => community !== null && sex !== null && age !== null && age.from === age.to),
    wider: rows(({ age }) => age !== null && age.from !== age.to),
    ageless: rows(({ age }) => age === null),
    sexless: rows(({ sex }) => sex === null),
    inSubdistrict: rows(({ community, subdistrict }) => community === null && subdistrict !== null),
    inDistrict: rows(({ subdistrict }) => subdistrict === null),
  }
}
