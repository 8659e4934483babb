import type { Source } from '../document.ts'
import type { Facts } from './facts.ts'

/** The records behind each kind of figure, by code and version. */
export function inputsOf(facts: Facts): Record<Source['of'], string[]> {
  const { district, survey, community, tallyVersion, placeVersion, catalogueVersion } = facts
  const of = `tallies:${district.code}/${survey.code}/${survey.version}/${community.code}`
  const earlier = (facts.earlier ?? []).flatMap(({ said }) => (said ? [`${of}@${said.tallyVersion}`] : []))
  const tallies = [`${of}@${tallyVersion}`, ...earlier]
  const profile = `profile:${district.code}/${community.code}@${community.profile.asOf}`
  const places = `places:${district.code}@${placeVersion}`
  const catalogue = `catalogue:${district.code}@${catalogueVersion}`
  return {
    demand: [...tallies, profile, places, catalogue],
    responses: tallies,
    profile: [profile],
    facilities: [places, catalogue],
    sites: [places],
    programme: [...tallies, profile, places, catalogue],
    standards: [profile, places, catalogue],
    comparison: [...tallies, ...(facts.districtDemand?.inputs ?? [])],
    catalogue: [catalogue],
    methods: ['methods'],
  }
}
