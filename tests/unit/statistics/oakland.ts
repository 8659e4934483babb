import { readCsv } from './oracle-data.ts'

const MARGINS = ['district', 'age_group', 'race_group', 'gender', 'education_group']

/** The Oakland survey as people and as cells (the cross of the given columns). */
export function oaklandCells(columns = MARGINS, keep: (row: Record<string, string>) => boolean = () => true) {
  const people = readCsv('oakland/oakland2025_answers.csv').filter(keep)
  const keys = people.map((row) => columns.map((column) => row[column]).join('|'))
  const cells = [...new Set(keys)]
  const cellOf = keys.map((key) => cells.indexOf(key))
  const counts = cells.map(() => 0)
  for (const cell of cellOf) counts[cell]! += 1
  return { people, cells, cellOf, counts }
}

export function oaklandMargins(cells: string[]) {
  const wanted = readCsv('oakland/oakland2025_margins.csv')
  return MARGINS.map((variable, column) => {
    const levels = wanted.filter((row) => row.variable === variable)
    return {
      of: cells.map((cell) => levels.findIndex(({ level }) => level === cell.split('|')[column])),
      targets: levels.map((row) => Number(row.share_as_given)),
    }
  })
}

/** Whether somebody ticked an option; labels hold commas, so answers are joined by " | ". */
export function ticked(row: Record<string, string>, option: string): boolean {
  return row.q5!.split(' | ').includes(option)
}
