import { Refused } from './call.ts'

/** How the server describes its calls. */
export interface Description {
  paths: Record<string, Record<string, { summary?: string; security?: unknown[] }>>
}

/** What every call is named, from the server itself. @throws {Refused} */
export async function readDescription(): Promise<Description> {
  const response = await fetch('/openapi.json')
  if (!response.ok) throw new Refused({ code: 'unreachable', message: '没有读到操作的名称，请刷新后再试。' })
  return (await response.json()) as Description
}
