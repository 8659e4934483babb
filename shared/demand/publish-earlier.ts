import type { Demand, ServiceDemand } from './api.ts'
import { unionCode, WHOLE } from './bases.ts'
import { ANSWERS } from './movement.ts'
import { silentGap, silentPart } from './publish.ts'

/** A demand in which the figures of these parts stay as `then` tells them, or are withheld where there was no publication of them. */
export function withEarlier(now: Demand, parts: string[], then: Demand | undefined): Demand {
  const services = now.services.map((service): ServiceDemand => {
    const { gap } = service
    const concerned = gap ? unionCode(gap.concerned) : WHOLE
    if (!gap || concerned === WHOLE || !parts.includes(concerned)) return service
    const earlier = then?.services.find((one) => one.service === service.service)?.gap
    return { ...service, gap: earlier ?? silentGap(gap) }
  })
  const own = now.parts.map((part) => {
    if (!parts.includes(part.code)) return part
    return then?.parts.find(({ kind, code }) => kind === part.kind && code === part.code) ?? silentPart(part)
  })
  return { ...now, ...(parts.includes(ANSWERS) && answersOf(now, then)), services, parts: own }
}

/** How many answered and how; where that was not published, only those who take part in the shares are spoken of. */
function answersOf(
  { inside }: Demand,
  then: Demand | undefined,
): Pick<Demand, 'n' | 'outside' | 'channels' | 'proxies'> {
  if (!then) return { n: inside, outside: [], channels: [], proxies: 0 }
  const { n, outside, channels, proxies } = then
  return { n, outside, channels, proxies }
}
