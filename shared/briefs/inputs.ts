import type { Source } from '../document.ts'
import { wishRecord } from '../wishes/record.ts'
import { requiredBy } from './deliberations.ts'
import type { Facts } from './facts.ts'

/** The records behind each kind of figure, by code and version. */
export function inputsOf(facts: Facts): Record<Source['of'], string[]> {
  const { district, survey, community, tallyVersion, placeVersion, catalogueVersion } = facts
  const versions = [survey.version, ...(survey.carried ?? [])].join('+')
  const of = `tallies:${district.code}/${survey.code}/${versions}/${community.code}`
  const earlier = (facts.earlier ?? []).flatMap(({ said }) => (said ? [`${of}@${said.tallyVersion}`] : []))
  const tallies = [`${of}@${tallyVersion}`, ...earlier]
  const profile = `profile:${district.code}/${community.code}@${community.profile.asOf}`
  const places = `places:${district.code}@${placeVersion}`
  const catalogue = `catalogue:${district.code}@${catalogueVersion}`
  return {
    demand: [...tallies, profile, places, catalogue],
    responses: tallies,
    themes: themesInputs(facts),
    review: [...tallies, ...reviewInputs(facts)],
    profile: [profile],
    facilities: [places, catalogue],
    sites: [places],
    programme: [...tallies, profile, places, catalogue, ...resolutions(facts)],
    standards: [profile, places, catalogue],
    comparison: [...tallies, ...(facts.districtDemand?.inputs ?? [])],
    catalogue: [catalogue],
    methods: ['methods'],
    deliberation: deliberationInputs(facts),
    wish: wishInputs(facts),
  }
}

/** Open answers that people have sorted by this revision of the dictionary. */
function themesInputs({ district, survey, community, themes }: Facts): string[] {
  return themes ? [`open-answers:${district.code}/${survey.code}/${community.code}@r${themes.revision}`] : []
}

/** What people had decided about flagged answers. */
function reviewInputs({ district, survey, community, composedAt, reviewed }: Facts): string[] {
  return reviewed ? [`reviews:${district.code}/${survey.code}/${community.code}@${composedAt}`] : []
}

/** Deliberations as they were closed. */
function deliberationInputs({ district, deliberations = [] }: Facts): string[] {
  return deliberations.map(({ code, closedAt }) => `deliberations:${district.code}/${code}@${closedAt}`)
}

/** Those whose resolutions require something. */
function resolutions(facts: Facts): string[] {
  const { deliberations = [] } = facts
  const requiring = deliberations.filter((one) => requiredBy([one]).length > 0)
  return deliberationInputs({ ...facts, deliberations: requiring })
}

/** All of them, where a figure does not count some alone. */
function wishInputs({ district, wishes }: Facts): string[] {
  const numbers = wishes?.counted.flatMap((each) => each.numbers) ?? []
  return numbers.length > 0 ? [wishRecord(numbers, district.code)] : []
}
