import { type IDBPDatabase, openDB } from 'idb'

/**
 * In which database each shelf is. One that is added comes in a new database: a page of yesterday that is still open in another tab
 * keeps its database from getting new shelves, and a draft in there could not be read.
 */
const shelves = {
  fillings: 'yixu',
  receipts: 'yixu',
  kept: 'yixu',
  visits: 'yixu-rooms',
  outbox: 'yixu-rooms',
  wishes: 'yixu-wishes',
} as const
export type ShelfName = keyof typeof shelves
const names = Object.keys(shelves) as ShelfName[]

/** Things kept on this device under a key. */
export interface Shelf<T> {
  get(key: string): Promise<T | undefined>
  all(): Promise<T[]>
  /**
   * Puts what `edit` makes of the present thing in its place (undefined removes it) and returns it. Nobody else, not even another
   * tab, changes it in between.
   */
  change(key: string, edit: (present: T | undefined) => T | undefined): Promise<T | undefined>
}

const OPEN_MS = 5_000

/** Holds everything that this page has read or written, so that it can go on when the device refuses to keep more. */
const memory = new Map<ShelfName, Map<string, unknown>>(names.map((name) => [name, new Map()]))
const listeners = new Set<() => void>()
let refusing = false

/** Some browsers refuse by throwing, some by an error, some by never answering. */
async function open(database: string): Promise<IDBPDatabase | undefined> {
  try {
    const db = openDB(database, 1, {
      upgrade(made) {
        for (const name of names) if (shelves[name] === database) made.createObjectStore(name)
      },
      terminated: () => refuse(),
    })
    return await Promise.race([db, new Promise<undefined>((resolve) => setTimeout(resolve, OPEN_MS))])
  } catch {
    return undefined
  }
}

const opened = new Map<string, Promise<IDBPDatabase | undefined>>()

async function databaseOf(name: ShelfName): Promise<IDBPDatabase | undefined> {
  const database = shelves[name]
  if (!opened.has(database)) opened.set(database, open(database))
  const db = await opened.get(database)
  if (!db) refuse()
  return db
}

// Whoever opens a survey sees nothing of it before this is read.
void databaseOf('fillings')

/** Storage is switched off or full: from now on things live as long as the page. */
function refuse(): void {
  if (refusing) return
  refusing = true
  for (const tell of listeners) tell()
}

/** Whether things written now outlive the page. */
export function keepsThings(): boolean {
  return !refusing
}

export function whenRefusing(tell: () => void): () => void {
  listeners.add(tell)
  return () => listeners.delete(tell)
}

export function openShelf<T>(name: ShelfName): Shelf<T> {
  const mine = memory.get(name) as Map<string, T>
  return {
    async get(key) {
      const found = await onDevice(name, (db) => db.get(name, key) as Promise<T | undefined>)
      if (found !== nothing) set(mine, key, found)
      return mine.get(key)
    },
    async all() {
      const found = await onDevice(name, (db) => db.getAll(name) as Promise<T[]>)
      return found === nothing ? [...mine.values()] : found
    },
    async change(key, edit) {
      const made = await onDevice(name, (db) => changeOnDevice(db, name, key, edit))
      set(mine, key, made === nothing ? edit(mine.get(key)) : made)
      return mine.get(key)
    },
  }
}

async function changeOnDevice<T>(
  db: IDBPDatabase,
  name: ShelfName,
  key: string,
  edit: (present: T | undefined) => T | undefined,
): Promise<T | undefined> {
  const tx = db.transaction(name, 'readwrite')
  const done = tx.done.catch((error: unknown) => Promise.reject(error))
  const present = (await tx.store.get(key)) as T | undefined
  const made = edit(present)
  if (made === undefined) tx.store.delete(key).catch(() => undefined)
  else if (made !== present) tx.store.put(made, key).catch(() => undefined)
  await done
  return made
}

function set<T>(map: Map<string, T>, key: string, value: T | undefined): void {
  if (value === undefined) map.delete(key)
  else map.set(key, value)
}

const nothing = Symbol('no storage')

async function onDevice<T>(name: ShelfName, work: (db: IDBPDatabase) => Promise<T>): Promise<T | typeof nothing> {
  const db = await databaseOf(name)
  if (!db || refusing) return nothing
  try {
    return await work(db)
  } catch {
    refuse()
    return nothing
  }
}
