import type { Catalogue, Community, Facility, Site } from '../../shared/places/api.ts'

/** Chinese names of the services of a district, in the catalogue's order. */
export function serviceNames(catalogue: Catalogue): ReadonlyMap<string, string> {
  return new Map(catalogue.services.map(({ code, zh }) => [code, zh]))
}

export function communityNames(communities: Community[]): ReadonlyMap<string, string> {
  return new Map(communities.map(({ code, name }) => [code, name]))
}

/** What a catalogue lists by code: services, functions and planning rules. */
export function codeNames({ services, rules }: Catalogue): ReadonlyMap<string, string> {
  const listed = [...services, ...services.flatMap(({ functions }) => functions), ...rules]
  return new Map(listed.map(({ code, zh }) => [code, zh]))
}

/** The sites and facilities of a community. */
export function placeNames({ sites, facilities }: { sites: Site[]; facilities: Facility[] }) {
  return new Map([...sites, ...facilities].map(({ code, name }) => [code, name]))
}
