import type { Signal } from '../signal.ts'
import type { Voice, Wishes } from './api.ts'

type Wished = Omit<Wishes['services'][number], 'inputs'>

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

/** By community, what wishes for places say of its services, those of the most people first: beside the shares as well. */
export function wishesOf(signals: readonly Signal[]): Map<string, Wished[]> {
  const communities = new Map<string, Wished[]>()
  for (const { source, community, service, n } of signals) {
    if (source !== 'wish') continue
    const services = communities.get(community) ?? []
    const known = services.find((each) => each.service === service)
    if (known) Object.assign(known, { wishes: known.wishes + 1, people: known.people + n })
    else services.push({ service, wishes: 1, people: n })
    communities.set(community, services)
  }
  for (const services of communities.values())
    services.sort((a, b) => b.people - a.people || (a.service < b.service ? -1 : 1))
  return communities
}
