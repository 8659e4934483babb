import type { Catalogue, ServiceSpec } from './api.ts'
import shipped from './catalogue.json' with { type: 'json' }

/** Services that a district may switch on beside the nine: asked and counted, but without functions of their own. */
export const extraServices: ServiceSpec[] = shipped.extra_services.examples.map((service) => ({
  ...service,
  for: ['all'],
  level_minutes: 15,
  functions: [],
}))

/** The shipped catalogue: nine services and their thresholds, each with its source, and the district's own services after them. */
export function shippedCatalogue(extra: ServiceSpec[] = []): Catalogue {
  const { services, rules } = shipped as unknown as Catalogue
  return { services: [...services, ...extra], rules }
}
