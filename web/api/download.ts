import type { Endpoint } from '../../shared/endpoint.ts'
import { type Extras, type Params, Refused, request } from './call.ts'

export interface Download {
  name: string
  blob: Blob
}

/**
 * Fetches a file piece by piece. `begun` is told what the server says of it, `arrived` of each piece, so that a page can show how far it is; aborting `signal` stops the
 * server's work as well. @throws {Refused}
 */
export async function download<E extends Endpoint>(
  endpoint: E,
  params: Params<E>,
  options: {
    query?: Record<string, string>
    body?: Extras<E>['body']
    signal?: AbortSignal
    begun?: (headers: Headers) => void
    arrived?: (piece: Uint8Array) => void
  } = {},
): Promise<Download> {
  const { query, body, signal, begun, arrived } = options
  const response = await request(endpoint, params, { query, body, signal })
  begun?.(response.headers)
  const pieces: Uint8Array<ArrayBuffer>[] = []
  for await (const piece of piecesOf(response, signal)) {
    pieces.push(piece)
    arrived?.(piece)
  }
  const type = response.headers.get('content-type') ?? 'application/octet-stream'
  return { name: nameOf(response.headers.get('content-disposition') ?? ''), blob: new Blob(pieces, { type }) }
}

async function* piecesOf(response: Response, signal?: AbortSignal): AsyncGenerator<Uint8Array<ArrayBuffer>> {
  const reader = response.body!.getReader()
  try {
    for (let read = await reader.read(); !read.done; read = await reader.read()) yield read.value
  } catch (error) {
    if (signal?.aborted) throw error
    throw new Refused({ code: 'broken_off', message: '下载中断了，请检查网络，再下载一次。' })
  }
}

/** The name that the server gives a file, its Chinese form first (RFC 6266). */
export function nameOf(disposition: string): string {
  const chinese = /filename\*=UTF-8''([^;]+)/i.exec(disposition)?.[1]
  if (chinese) return decodeURIComponent(chinese)
  return /filename="([^"]+)"/.exec(disposition)?.[1] ?? 'download'
}
