/** Pieces of an SPSS system file, as the PSPP developers' guide describes them (appendix “System File Format”). All little endian, all text UTF-8. */

export interface SavVariable {
  /** At most 64 bytes, as `savNames` makes them. */
  name: string
  label: string
  /** Bytes of the longest text; 0 for a number. */
  width: number
  /** Of numbers only. */
  labels?: { value: number; label: string }[]
  decimals?: number
}

const LONGEST_LABEL = 250
const LONGEST_VALUE_LABEL = 120
const SEGMENT = 255
/** What a segment counts for when the length of a text is told; 255 bytes lie in it all the same. */
const COUNTED = 252

/** The columns of eight bytes under which one variable lies: a text beyond 255 bytes is cut into segments, each a variable of its own. */
export function segmentsOf(width: number): number[] {
  if (width <= SEGMENT) return [width]
  const count = Math.ceil(width / COUNTED)
  return Array.from({ length: count }, (_, at) => (at < count - 1 ? SEGMENT : width - COUNTED * (count - 1)))
}

export function int32(...values: number[]): Buffer {
  const bytes = Buffer.alloc(4 * values.length)
  values.forEach((value, at) => {
    bytes.writeInt32LE(value, 4 * at)
  })
  return bytes
}

export function float64(...values: number[]): Buffer {
  const bytes = Buffer.alloc(8 * values.length)
  values.forEach((value, at) => {
    bytes.writeDoubleLE(value, 8 * at)
  })
  return bytes
}

/** The beginning of a text that takes at most so many bytes, without half a character. */
export function cutTo(text: string, bytes: number): string {
  const whole = Buffer.from(text)
  if (whole.length <= bytes) return text
  let end = bytes
  while (end > 0 && (whole[end]! & 0xc0) === 0x80) end -= 1
  return whole.subarray(0, end).toString()
}

/** A text in a place of fixed length, with spaces behind it. */
export function padded(text: string, length: number): Buffer {
  const bytes = Buffer.alloc(length, 0x20)
  bytes.write(cutTo(text, length))
  return bytes
}

const upTo = (length: number, step: number) => Math.ceil(length / step) * step

/** Where the header holds the label of the file. SPSS shows 60 bytes of it, other readers all. */
export const LABEL = { at: 109, length: 64 }

export function header(columns: number, rows: number, at: Date): Buffer {
  const [, day = '', month = '', year = '', time = ''] = at.toUTCString().split(' ')
  return Buffer.concat([
    Buffer.from('$FL2'),
    padded('@(#) SPSS DATA FILE Yixu', 60),
    int32(2, columns, 1, 0, rows),
    float64(100),
    padded(`${day} ${month} ${year.slice(2)}`, 9),
    padded(time, 8),
    padded('', LABEL.length),
    Buffer.alloc(3),
  ])
}

const format = (type: number, width: number, decimals = 0) => (type << 16) | (width << 8) | decimals

/** Variable records: one for each segment, and one without a name for every further eight bytes of it. */
export function variableRecords(variable: SavVariable, shortNames: string[]): Buffer {
  return Buffer.concat(
    segmentsOf(variable.width).flatMap((width, at) => {
      const shown = variable.width > 0 ? format(1, Math.min(width, 255)) : format(5, 8, variable.decimals ?? 0)
      const label = at === 0 ? Buffer.from(cutTo(variable.label, LONGEST_LABEL)) : Buffer.alloc(0)
      const first = Buffer.concat([
        int32(2, variable.width > 0 ? width : 0, label.length > 0 ? 1 : 0, 0, shown, shown),
        padded(shortNames[at]!, 8),
        ...(label.length > 0 ? [int32(label.length), label, Buffer.alloc(upTo(label.length, 4) - label.length)] : []),
      ])
      const more = Math.max(0, Math.ceil(width / 8) - 1)
      const rest = Array.from({ length: more }, () =>
        Buffer.concat([int32(2, -1, 0, 0, format(1, 29), format(1, 29)), padded('', 8)]),
      )
      return [first, ...rest]
    }),
  )
}

/** Words for the values of the number whose first eight bytes are the `position`th, counted from 1. */
export function valueLabels(labels: { value: number; label: string }[], position: number): Buffer {
  const each = labels.map(({ value, label }) => {
    const words = Buffer.from(cutTo(label, LONGEST_VALUE_LABEL))
    const place = Buffer.alloc(upTo(words.length + 1, 8), 0x20)
    place[0] = words.length
    words.copy(place, 1)
    return Buffer.concat([float64(value), place])
  })
  return Buffer.concat([int32(3, labels.length), ...each, int32(4, 1, position)])
}

/** Lines for people: SPSS shows them with DISPLAY DOCUMENTS, other readers as notes. */
export const LINE = 80

export function documents(lines: string[]): Buffer {
  return Buffer.concat([int32(6, lines.length), ...lines.map((line) => padded(line, LINE))])
}

function extension(subtype: number, size: number, data: Buffer): Buffer {
  return Buffer.concat([int32(7, subtype, size, data.length / size), data])
}

const LOWEST = Buffer.from([0xfe, 0xff, 0xff, 0xff, 0xff, 0xff, 0xef, 0xff])

/** Extension records: the machine, how columns are shown, long names, long texts, the encoding; and the end of the dictionary. */
export function extensions(variables: SavVariable[], shortNames: string[][]): Buffer {
  const shown = variables.flatMap(({ width, labels }) =>
    segmentsOf(width).flatMap((each) => [
      labels || width > 0 ? 1 : 3,
      width > 0 ? Math.min(24, each) : 8,
      width > 0 ? 0 : 1,
    ]),
  )
  const names = variables.map(({ name }, at) => `${shortNames[at]![0]}=${name}`).join('\t')
  const long = variables.flatMap(({ width }, at) =>
    width > SEGMENT ? [`${shortNames[at]![0]}=${String(width).padStart(5, '0')}\0\t`] : [],
  )
  return Buffer.concat([
    extension(3, 4, int32(1, 0, 0, -1, 1, 1, 2, 65_001)),
    extension(4, 8, Buffer.concat([float64(-Number.MAX_VALUE, Number.MAX_VALUE), LOWEST])),
    extension(11, 4, int32(...shown)),
    extension(13, 1, Buffer.from(names)),
    ...(long.length > 0 ? [extension(14, 1, Buffer.from(long.join('')))] : []),
    extension(20, 1, Buffer.from('UTF-8')),
    int32(999, 0),
  ])
}

const reserved = new Set('ALL AND BY EQ GE GT LE LT NE NOT OR TO WITH'.split(' '))

/** Names that SPSS takes: they begin with a letter, hold letters, figures, dots and underscores, and no two are the same in capitals. */
export function savNames(ids: string[]): string[] {
  const taken = new Set<string>()
  return ids.map((id) => {
    const plain = id.replace(/[^\p{L}\p{Nd}._]/gu, '_')
    const begun = /^\p{L}/u.test(plain) ? plain : `v_${plain}`
    const whole = reserved.has(begun.toUpperCase()) ? `${begun}_` : begun
    for (let n = 1; ; n += 1) {
      const end = n === 1 ? '' : `_${n}`
      const name = `${cutTo(whole, 64 - end.length).replace(/\.+$/, '_')}${end}`
      if (taken.has(name.toUpperCase())) continue
      taken.add(name.toUpperCase())
      return name
    }
  })
}
