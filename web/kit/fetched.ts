import type { Endpoint } from '../../shared/endpoint.ts'
import type { Params } from '../api/call.ts'
import { download } from '../api/download.ts'
import { saveFile } from './save-file.ts'

/** Hands a file over, and says what it is called. @throws {Refused} */
export async function fetched<E extends Endpoint>(
  endpoint: E,
  params: Params<E>,
  query?: Record<string, string>,
): Promise<string> {
  const { name, blob } = await download(endpoint, params, { query })
  saveFile(name, blob)
  return name
}
