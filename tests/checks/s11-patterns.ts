import type { Operation, Schema } from './fuzz-operations.ts'

/** Every pattern that the server holds somebody's words against. */
export function patternsIn(operations: Operation[]): string[] {
  const schemas = operations.flatMap(({ parameters, body }) => [
    ...parameters.map(({ schema }) => schema),
    ...(body ? [body] : []),
  ])
  return [...new Set(schemas.flatMap(inSchema))]
}

function inSchema(schema: Schema): string[] {
  const parts = [
    ...Object.values(schema.properties ?? {}),
    ...(schema.items ? [schema.items] : []),
    ...(schema.anyOf ?? []),
  ]
  return [...(schema.pattern ? [schema.pattern] : []), ...parts.flatMap(inSchema)]
}

const LENGTH = 60_000
const runs = [
  'a',
  '0',
  '-',
  'A',
  '1',
  '9-',
  'a-',
  'AA-',
  'a.',
  '/',
  '%',
  '=',
  ' ',
  '\t',
  '天',
  '😀',
  'a1',
  '.',
  '_',
  'é',
]
const ends = ['', '!', '\n', '\u0000', '-', 'a!', '\ud800', '"', '@', '\\']

/** Long runs of what a pattern likes, with something at the end that it does not: two hundred, whatever the patterns are. */
export function redosStrings(patterns: string[]): string[] {
  const own = patterns.map((pattern) => `${pattern.replace(/[^A-Za-z0-9-]/g, '').slice(0, 20)}!`)
  return [
    ...runs.flatMap((run) => ends.map((end) => run.repeat(LENGTH / run.length) + end)),
    ...own.map((one) => one.repeat(500)),
  ]
}
