import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { fault } from './import-rules.ts'
import { importsOf, root, sourceFiles } from './imports.ts'

const files = sourceFiles()
const exists = (path: string) => existsSync(join(root, path))

function faultsOf(from: string, text?: string): string[] {
  return importsOf(from, text).flatMap((each) => {
    const why = fault(each, exists)
    return why ? [`${from}:${each.line} imports ${each.to}: ${why}`] : []
  })
}

test('every file imports only what its room may know', () => {
  expect(files.length).toBeGreaterThan(50)
  expect(files.flatMap((file) => faultsOf(file))).toEqual([])
})

test('there are no barrels and no drawers for everything', () => {
  expect(files.filter((file) => /^(index|utils?|helpers?|misc)\.(ts|tsx|mjs)$/.test(basename(file)))).toEqual([])
})

test('the top level holds the rooms and what tools insist on, nothing else', () => {
  const agreed = [
    'server',
    'web',
    'migrations',
    'shared',
    'tests',
    'package.json',
    'tsconfig.json',
    'docker-compose.yml',
    'README.md',
  ]
  const insisted = [
    'package-lock.json',
    'Dockerfile',
    'LICENSE',
    '.ci',
    '.gitignore',
    '.dockerignore',
    'biome.json',
    '.git',
  ]
  const ignored = readFileSync(join(root, '.gitignore'), 'utf8')
    .split('\n')
    .map((line) => line.replaceAll('/', ''))
  const known = new Set([...agreed, ...insisted, ...ignored])
  expect(readdirSync(root).filter((name) => !known.has(name))).toEqual([])
})

const planted: [from: string, text: string][] = [
  ['shared/statistics/planted.ts', `import { endpoint } from '../endpoint.ts'`],
  ['shared/statistics/planted.ts', `import T from 'typebox'\nimport { readFile } from 'node:fs'`],
  ['shared/places/planted.ts', `import { refuse } from '../../server/refusals.ts'`],
  ['shared/places/planted.ts', `import { tally } from '../surveys/tally.ts'`],
  ['shared/surveys/planted.ts', `import type { Demand } from '../demand/api.ts'`],
  ['shared/surveys/planted.ts', `type D = import('../demand/api.ts').Demand`],
  ['shared/surveys/planted.ts', `export { Demand } from '../demand/api.ts'`],
  ['shared/places/planted.ts', `import { readFile } from 'node:fs/promises'`],
  ['shared/planted.ts', `import { Code } from './places/api.ts'`],
  ['server/surveys/planted.ts', `import { importFile } from '../places/import.ts'`],
  ['server/places/planted.ts', `const m = await import('../surveys/queries.ts')`],
  ['server/places/planted.ts', `new Worker(new URL('../surveys/queries.ts', import.meta.url))`],
  ['server/places/planted.ts', `import { buildApp } from '../app.ts'`],
  ['server/places/planted.ts', `import '../../web/planted.ts'`],
  ['server/places/planted.ts', `import { startApp } from '../../tests/setup/app.ts'`],
  ['server/places/planted.ts', `import { up } from '../../migrations/20261121T2300-spine.ts'`],
  ['server/places/planted.ts', `import { gone } from './gone.ts'`],
  ['server/places/planted.ts', 'const path = "../demand/queries.ts"\nawait import(path)'],
  ['server/db/planted.ts', `import { districts } from '../places/queries.ts'`],
  ['server/documents/planted.ts', `import { refuse } from '../refusals.ts'`],
  ['server/documents/planted.ts', `import type { Brief } from '../../shared/briefs/api.ts'`],
  ['server/refusals.ts', `import { districts } from './places/queries.ts'`],
  ['web/places/planted.tsx', `const a = <p>It's</p>\nimport { buildApp } from '../../server/app.ts'`],
  ['migrations/planted.ts', `import type { Tables } from '../server/db/tables.ts'`],
  ['migrations/planted.ts', `import pg from 'pg'`],
]

describe('an import planted against the rules is found:', () => {
  test.each(planted)('%s: %s', (from, text) => {
    expect(faultsOf(from, text)).toHaveLength(1)
  })
})

const allowed: [from: string, text: string][] = [
  ['shared/briefs/planted.ts', `import { Code } from '../places/api.ts'\nimport { endpoint } from '../endpoint.ts'`],
  ['shared/demand/planted.ts', `import { rake } from '../statistics/rake.ts'\nimport T from 'typebox'`],
  [
    'server/surveys/planted.ts',
    `import { communities } from '../places/queries.ts'\nimport { mount } from '../people/mount.ts'`,
  ],
  ['server/cli/planted.ts', `import { importFile } from '../places/import.ts'\nimport { buildApp } from '../app.ts'`],
  ['migrations/planted.ts', `import { sql } from 'kysely'`],
  ['server/places/planted.ts', `// import x from '../../tests/y.ts'\nconst s = "import x from '../app.ts'"`],
]

test.each(allowed)('an import within the rules is left alone: %s: %s', (from, text) => {
  expect(faultsOf(from, text)).toEqual([])
})
