import type { Import } from './imports.ts'

/** The pipeline: a capability knows those of earlier stages only. */
const stages = [
  ['people', 'places'],
  ['surveys', 'deliberations', 'wishes'],
  ['campaigns', 'quality', 'themes'],
  ['demand'],
  ['sites'],
  ['briefs', 'exports'],
]

const stageOf = (capability: string): number => stages.findIndex((stage) => stage.includes(capability))
const isCapability = (name: string | undefined): name is string => name !== undefined && stageOf(name) >= 0

/** Rooms of the server that are no capabilities, and what they may know of the server. */
const services: Record<string, string[]> = {
  db: ['db'],
  documents: ['documents', 'platform'],
  platform: ['platform', 'db', 'refusal.ts', 'refusals.ts', 'settings.ts'],
}
/** What every capability of the server may know, beside itself and upstream queries. */
const common = ['db', 'platform', 'documents', 'refusal.ts', 'refusals.ts', 'people']

/** Files that put the house together and so may know all of it. */
const isAssembly = (path: string): boolean => /^server\/(main|app)\.ts$|^server\/cli\//.test(path)
/** Where the name of a module may be made while running: rooms and migrations are listed from folders. */
const mayCompute = ['server/db/migrate.ts']

/** Why the import is not allowed, or undefined. `exists` says whether a path is a file of the repository. */
export function fault({ from, to }: Import, exists: (path: string) => boolean): string | undefined {
  const [room] = from.split('/')
  if (room === 'tests') return undefined
  if (to === undefined) return mayCompute.includes(from) ? undefined : 'names a module that is only known when it runs'
  if (room === 'migrations') return to === 'kysely' ? undefined : 'a migration imports kysely only'
  if (!/^(server|web|shared|migrations|tests)\//.test(to)) return packageFault(from, to)
  if (!exists(to)) return 'the file does not exist'
  if (to.startsWith('tests/')) return 'nothing imports tests'
  if (to.startsWith('migrations/')) return 'nobody imports a migration'
  if (to.startsWith('shared/')) return sharedFault(from, to)
  if (room === 'server') return to.startsWith('server/') ? serverFault(from, to) : 'the server does not know the web'
  if (room === 'web') return to.startsWith('web/') ? webFault(from, to) : 'the web does not know the server'
  return 'shared imports shared only'
}

function packageFault(from: string, to: string): string | undefined {
  if (to.startsWith('.') || to.startsWith('/')) return 'leaves the rooms'
  if (!from.startsWith('shared/') || to === 'typebox' || to.startsWith('typebox/')) return undefined
  if (from.startsWith('shared/statistics/')) return 'statistics imports nothing'
  return to.startsWith('node:') ? 'shared knows no Node' : undefined
}

/** Who may know which part of shared: of the capabilities, one's own and those upstream; of the rest, everything. */
function sharedFault(from: string, to: string): string | undefined {
  const [room, own, inside] = from.split('/')
  const [, part, file] = to.split('/')
  if (from.startsWith('shared/statistics/'))
    return part === 'statistics' ? undefined : 'statistics imports nothing of ours'
  const isFree = !file || !isCapability(part) || part === own || isAssembly(from)
  const isAudience = room === 'web' && !inside
  if (isFree || isAudience || from.startsWith(tablesFolder)) return undefined
  if (!isCapability(own)) return 'knows no capability'
  // What people may do is a matter of districts and communities.
  if (own === 'people' && part === 'places') return undefined
  return stageOf(part) < stageOf(own) ? undefined : `${own} is not downstream of ${part}`
}

/** Columns that hold JSON are described with the types of their capabilities. */
const tablesFolder = 'server/db/tables/'

/** What a capability shows to those downstream: its queries, of surveys by subject, the published survey, which is compiled once for all, and what closed deliberations came to. */
const doors = (capability: string): string[] => [
  `server/${capability}/queries.ts`,
  'server/deliberations/closed-queries.ts',
  ...['published', 'round-queries', 'tally-queries', 'answer-queries'].map((door) => `server/surveys/${door}.ts`),
]

function serverFault(from: string, to: string): string | undefined {
  if (isAssembly(from)) return undefined
  if (isAssembly(to)) return 'only the assembly knows the assembly'
  const [, own, file] = from.split('/')
  const [, part] = to.split('/') as [string, string]
  if (!file)
    return isCapability(part) && part !== 'people' ? 'a file of the server itself knows no capability' : undefined
  if (part === own || (services[own!] ?? common).includes(part)) return undefined
  if (own === 'people' && part === 'settings.ts') return undefined
  if (!isCapability(own) || !isCapability(part)) return `${own} may not know ${part}`
  if (stageOf(part) >= stageOf(own)) return `${own} is not downstream of ${part}`
  return doors(part).includes(to) ? undefined : `of ${part} only queries.ts may be known`
}

function webFault(from: string, to: string): string | undefined {
  const [, own, file] = from.split('/')
  const [, part, inside] = to.split('/')
  // The audience files are where screens meet.
  if (!file) return undefined
  if (!inside) return 'a screen does not know the audience files'
  if (part === own || part === 'api' || part === 'kit') return undefined
  return `${own} may not know ${part}`
}
