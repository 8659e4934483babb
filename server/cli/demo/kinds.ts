/** Latent needs of a kind of community: shares of adults who need a service, of those in need who find it unmet, and weight among the first three. All invented. */
export interface Latent {
  need: number
  /** Need inside the service's own group; everybody where a service is for all. */
  groupNeed: number
  unmet: number
  top: number
}

export interface Kind {
  name: string
  buildingYear: number
  householdSize: number
  /** Weights of the six age bands of a profile. */
  ages: readonly number[]
  /** Households with children 0–3, 4–6, 7–12, as shares. */
  parents: readonly number[]
  latent: Record<string, Latent>
}

const needs = (rows: Record<string, [number, number, number, number]>): Record<string, Latent> =>
  Object.fromEntries(
    Object.entries(rows).map(([service, [need, groupNeed, unmet, top]]) => [service, { need, groupNeed, unmet, top }]),
  )

export const kinds: readonly Kind[] = [
  {
    name: '老旧小区',
    buildingYear: 1988,
    householdSize: 2.4,
    ages: [9, 3, 19, 38, 25, 6],
    parents: [0.05, 0.05, 0.09],
    latent: needs({
      elder_care: [0.46, 0.7, 0.72, 0.4],
      infant_care: [0.1, 0.4, 0.7, 0.06],
      after_school: [0.18, 0.55, 0.6, 0.12],
      community_meals: [0.42, 0.42, 0.62, 0.34],
      household_services: [0.4, 0.4, 0.55, 0.26],
      health: [0.36, 0.36, 0.5, 0.24],
      fitness: [0.28, 0.28, 0.55, 0.16],
      culture: [0.3, 0.3, 0.5, 0.17],
      child_play: [0.14, 0.45, 0.6, 0.07],
      parking: [0.34, 0.34, 0.85, 0.28],
      greening: [0.2, 0.2, 0.5, 0.08],
    }),
  },
  {
    name: '新建商品房',
    buildingYear: 2014,
    householdSize: 2.9,
    ages: [17, 4, 30, 34, 12, 3],
    parents: [0.14, 0.13, 0.19],
    latent: needs({
      elder_care: [0.24, 0.5, 0.6, 0.16],
      infant_care: [0.24, 0.66, 0.72, 0.2],
      after_school: [0.38, 0.76, 0.68, 0.34],
      community_meals: [0.26, 0.26, 0.5, 0.17],
      household_services: [0.26, 0.26, 0.42, 0.14],
      health: [0.28, 0.28, 0.48, 0.17],
      fitness: [0.44, 0.44, 0.58, 0.32],
      culture: [0.36, 0.36, 0.52, 0.22],
      child_play: [0.34, 0.7, 0.55, 0.24],
      parking: [0.24, 0.24, 0.6, 0.16],
      greening: [0.22, 0.22, 0.42, 0.1],
    }),
  },
  {
    name: '单位家属院',
    buildingYear: 1995,
    householdSize: 2.5,
    ages: [10, 3, 20, 36, 24, 7],
    parents: [0.06, 0.06, 0.1],
    latent: needs({
      elder_care: [0.42, 0.66, 0.55, 0.34],
      infant_care: [0.1, 0.4, 0.6, 0.06],
      after_school: [0.22, 0.62, 0.58, 0.16],
      community_meals: [0.46, 0.46, 0.6, 0.38],
      household_services: [0.34, 0.34, 0.5, 0.2],
      health: [0.34, 0.34, 0.38, 0.2],
      fitness: [0.34, 0.34, 0.48, 0.22],
      culture: [0.42, 0.42, 0.48, 0.28],
      child_play: [0.16, 0.48, 0.5, 0.09],
      parking: [0.4, 0.4, 0.82, 0.32],
      greening: [0.16, 0.16, 0.35, 0.06],
    }),
  },
  {
    name: '城中村与回迁',
    buildingYear: 2004,
    householdSize: 2.7,
    ages: [13, 4, 36, 33, 12, 2],
    parents: [0.11, 0.1, 0.15],
    latent: needs({
      elder_care: [0.24, 0.5, 0.7, 0.16],
      infant_care: [0.2, 0.56, 0.8, 0.16],
      after_school: [0.34, 0.72, 0.76, 0.32],
      community_meals: [0.32, 0.32, 0.64, 0.22],
      household_services: [0.36, 0.36, 0.5, 0.22],
      health: [0.42, 0.42, 0.66, 0.34],
      fitness: [0.34, 0.34, 0.68, 0.22],
      culture: [0.32, 0.32, 0.66, 0.2],
      child_play: [0.28, 0.64, 0.7, 0.2],
      parking: [0.2, 0.2, 0.6, 0.1],
      greening: [0.26, 0.26, 0.62, 0.14],
    }),
  },
  {
    name: '高校与商务周边',
    buildingYear: 2008,
    householdSize: 2.3,
    ages: [9, 4, 44, 31, 10, 2],
    parents: [0.07, 0.06, 0.09],
    latent: needs({
      elder_care: [0.2, 0.5, 0.6, 0.12],
      infant_care: [0.14, 0.52, 0.7, 0.1],
      after_school: [0.2, 0.6, 0.6, 0.14],
      community_meals: [0.4, 0.4, 0.55, 0.32],
      household_services: [0.34, 0.34, 0.5, 0.2],
      health: [0.3, 0.3, 0.5, 0.18],
      fitness: [0.52, 0.52, 0.6, 0.42],
      culture: [0.48, 0.48, 0.6, 0.36],
      child_play: [0.14, 0.5, 0.5, 0.08],
      parking: [0.22, 0.22, 0.7, 0.14],
      greening: [0.24, 0.24, 0.45, 0.12],
    }),
  },
]
