import type { Catalogue, Community } from '../../shared/places/api.ts'

/** Chinese names of the services of a district, in the catalogue's order. */
export function serviceNames(catalogue: Catalogue): ReadonlyMap<string, string> {
  return new Map(catalogue.services.map(({ code, zh }) => [code, zh]))
}

export function communityNames(communities: Community[]): ReadonlyMap<string, string> {
  return new Map(communities.map(({ code, name }) => [code, name]))
}
