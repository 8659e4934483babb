import { afterAll, beforeAll } from 'vitest'

/** What all tests of a file share: opened before the first of them, stopped after the last. */
export function forAllTests<T extends { stop(): Promise<void> }>(open: () => Promise<T>): T {
  const shared = {} as T
  beforeAll(async () => {
    Object.assign(shared, await open())
  })
  afterAll(() => shared.stop?.())
  return shared
}
