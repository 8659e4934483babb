import type { Signal } from '../signal.ts'
import type { Voice } from './api.ts'

/** By community, what deliberations say of its services: beside the shares of the survey, never added to them. */
export function voicesOf(signals: readonly Signal[]): Map<string, Voice[]> {
  const communities = new Map<string, Map<string, Voice>>()
  for (const { source, community, service, kind, n } of signals) {
    if (source !== 'deliberation') continue
    const services = communities.get(community) ?? new Map<string, Voice>()
    communities.set(community, services)
    const voice = services.get(service) ?? { service, statements: 0, agree: 0, disagree: 0, resolved: 0 }
    services.set(service, voice)
    if (kind === 'need') voice.statements += n
    else if (kind === 'agree' || kind === 'disagree' || kind === 'resolved') voice[kind] += n
  }
  return new Map([...communities].map(([community, services]) => [community, [...services.values()]]))
}
