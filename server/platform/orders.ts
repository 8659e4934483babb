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

async function doneOf(id: number, work: Promise<string>): Promise<Done> {
  try {
    return { id, said: await work }
  } catch (error) {
    const { code, message } = error as { code?: string; message?: string }
    return { id, error: code ?? message ?? 'failed' }
  }
}
