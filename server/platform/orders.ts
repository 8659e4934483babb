import { parentPort } from 'node:worker_threads'

/** What the thread says of an order. */
export type Done = { id: number; said: string } | { id: number; error: string }

/** Carries out the orders that come to this thread until it is told to stop; then `end` is called. */
export function carryOut<Order>(work: (order: Order) => Promise<string>, end: () => Promise<void>): void {
  parentPort?.on('message', async (message: { id: number; order: Order } | 'stop') => {
    if (message === 'stop') {
      await end()
      parentPort?.close()
      return
    }
    parentPort?.postMessage(await doneOf(message.id, work(message.order)))
  })
}

/** The same in a process of its own, which is told something first and ends with whoever started it. */
export function carryOutAlone<Data, Order>(
  begin: (data: Data) => { work(order: Order): Promise<string>; end(): Promise<void> },
): void {
  let begun: ReturnType<typeof begin> | undefined
  process.on('disconnect', () => process.exit())
  process.on('message', async (message: { data: Data } | { id: number; order: Order } | 'stop') => {
    if (message === 'stop') {
      await begun?.end()
      process.disconnect()
    } else if ('data' in message) begun = begin(message.data)
    else if (begun) process.send?.(await doneOf(message.id, begun.work(message.order)))
  })
}

async function doneOf(id: number, work: Promise<string>): Promise<Done> {
  try {
    return { id, said: await work }
  } catch (error) {
    // A message may quote what somebody wrote, and this ends up in the log.
    const { code, name } = error as { code?: string; name?: string }
    return { id, error: code ?? name ?? 'failed' }
  }
}

/** What a thread of a pool says of its order. */
export type Answer<Result> = { result: Result } | { error: string }

/** Answers the orders of a pool. `owned` is the memory of a result that is handed over instead of being copied. */
export function answerOrders<Order, Result>(
  work: (order: Order) => Result | Promise<Result>,
  owned: (result: Result) => ArrayBuffer[] = () => [],
): void {
  parentPort?.on('message', async (order: Order) => {
    try {
      const result = await work(order)
      parentPort?.postMessage({ result } satisfies Answer<Result>, owned(result))
    } catch (error) {
      const words = error instanceof Error ? (error.stack ?? error.message) : String(error)
      parentPort?.postMessage({ error: words } satisfies Answer<Result>)
    }
  })
}
