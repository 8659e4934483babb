import { parentPort } from 'node:worker_threads'
import { type Poster, posterPdf } from './poster.ts'

export type PosterAnswer = { file: Uint8Array } | { error: string }

parentPort?.on('message', (poster: Poster) => {
  try {
    const file = new Uint8Array(posterPdf(poster))
    parentPort!.postMessage({ file } satisfies PosterAnswer, [file.buffer])
  } catch (error) {
    const words = error instanceof Error ? (error.stack ?? error.message) : String(error)
    parentPort!.postMessage({ error: words } satisfies PosterAnswer)
  }
})
