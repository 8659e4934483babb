import type { FastifyRequest } from 'fastify'
import { refuse } from '../refusals.ts'

const reading = ['GET', 'HEAD', 'OPTIONS']

/**
 * A change that comes with a session must have been asked for by a page of ours, and the browser must say so. Without a
 * session there is nothing to abuse; what the browser itself calls another site's doing is turned away all the same.
 * @throws {Refusal} crossSite
 */
export function keepOutOtherSites(
  request: Pick<FastifyRequest, 'method' | 'headers' | 'host'>,
  hasSession: boolean,
  publicUrl: string | undefined,
): void {
  if (reading.includes(request.method)) return
  const site = request.headers['sec-fetch-site']
  const isOurs = site === undefined ? hasOurOrigin(request, publicUrl) : site === 'same-origin'
  if (hasSession ? !isOurs : site === 'cross-site') throw refuse.crossSite()
}

function hasOurOrigin({ headers, host }: Pick<FastifyRequest, 'headers' | 'host'>, publicUrl?: string): boolean {
  const origin = hostOf(headers.origin)
  return origin !== undefined && (origin === hostOf(`http://${host}`) || origin === hostOf(publicUrl))
}

function hostOf(url: string | undefined): string | undefined {
  return url !== undefined && URL.canParse(url) ? new URL(url).host : undefined
}
