import type { Community, Profile } from '../../../shared/places/api.ts'
import type { Channel } from '../../../shared/surveys/api.ts'
import { type Chance, split } from './chance.ts'
import type { Latent } from './kinds.ts'
import type { Mind } from './places.ts'

/** One invented respondent. */
export interface Person {
  age: '14-17' | '18-34' | '35-59' | '60-79' | '80+' | 'unstated'
  sex: 'male' | 'female' | 'unstated'
  here: boolean
  children: ('parent_0_3' | 'parent_4_6' | 'parent_7_12')[]
  channel: Channel
  proxy: boolean
  needs: string[]
  unmet: string[]
  top: string[]
}

const bands = ['14-17', '18-34', '35-59', '60-79', '80+'] as const
const parentGroups = ['parent_0_3', 'parent_4_6', 'parent_7_12'] as const

/** Who is reached by which channel: the young online, elders at the door and on paper, over-represented as in every such survey. */
const reach: Record<Channel, { share: number; ages: readonly number[] }> = {
  online: { share: 0.52, ages: [0.5, 1.5, 1.1, 0.45, 0.1] },
  visit: { share: 0.3, ages: [0, 0.5, 0.7, 2.2, 2.6] },
  paper: { share: 0.11, ages: [0, 0.3, 0.8, 2, 1.4] },
  meeting: { share: 0.07, ages: [0, 0.5, 1, 1.6, 0.5] },
}

/** Children's services belong to households with such children, elder care to the old; all others to everybody. */
const own: Record<string, (person: Person) => boolean> = {
  elder_care: (person) => person.age === '60-79' || person.age === '80+',
  infant_care: (person) => person.children.includes('parent_0_3'),
  after_school: (person) => person.children.includes('parent_4_6') || person.children.includes('parent_7_12'),
  child_play: (person) => person.children.length > 0,
}

/** The respondents of one community: who they are by its profile and the channels' reach, what they need by its latent needs. */
export function respondents(community: Community, mind: Mind, dice: Chance): Person[] {
  const channels = Object.keys(reach) as Channel[]
  const counts = split(
    mind.answers,
    channels.map((channel) => reach[channel].share),
  )
  const people = channels.flatMap((channel, i) =>
    Array.from({ length: counts[i] }, () => person(community.profile, channel, dice)),
  )
  giveNeeds(people, community.profile, mind.latent, dice)
  return dice.shuffled(people)
}

function person(profile: Profile, channel: Channel, dice: Chance): Person {
  const weights = bands.map(
    (_, i) => (profile.population.male[i + 1] + profile.population.female[i + 1]) * reach[channel].ages[i],
  )
  const band = dice.weighted(weights)
  const women = profile.population.female[band + 1]
  const men = profile.population.male[band + 1]
  const age = dice.yes(0.012) ? 'unstated' : bands[band]
  const parents = parentGroups.filter((group) => dice.yes(profile.parents[group] / profile.households))
  return {
    age,
    sex: dice.yes(0.01) ? 'unstated' : dice.yes(women / (women + men) + 0.06) ? 'female' : 'male',
    here: !dice.yes(0.02),
    children: parents,
    channel,
    proxy: band === 4 ? dice.yes(0.35) : dice.yes(0.03),
    needs: [],
    unmet: [],
    top: [],
  }
}

/** Inside and outside a service's own group the exact share is met, so that small communities tell the story they were given. */
function giveNeeds(people: Person[], profile: Profile, latent: Record<string, Latent>, dice: Chance): void {
  for (const [service, mind] of Object.entries(latent)) {
    const inside = own[service] ?? (() => true)
    const share = groupShare(service, profile)
    const outside = share >= 1 ? 0 : Math.max(0, (mind.need - share * mind.groupNeed) / (1 - share))
    for (const [group, need] of [
      [people.filter(inside), mind.groupNeed],
      [people.filter((one) => !inside(one)), outside],
    ] as const) {
      const needing = portion(group, need, dice)
      for (const one of needing) one.needs.push(service)
      for (const one of portion(needing, mind.unmet, dice)) one.unmet.push(service)
    }
  }
  giveTops(people, latent, dice)
}

function groupShare(service: string, profile: Profile): number {
  const adults = [2, 3, 4, 5].reduce(
    (sum, band) => sum + profile.population.male[band] + profile.population.female[band],
    0,
  )
  const elders = [4, 5].reduce((sum, band) => sum + profile.population.male[band] + profile.population.female[band], 0)
  const { parent_0_3, parent_4_6, parent_7_12 } = profile.parents
  const flags: Record<string, number[]> = {
    infant_care: [parent_0_3],
    after_school: [parent_4_6, parent_7_12],
    child_play: [parent_0_3, parent_4_6, parent_7_12],
  }
  if (service === 'elder_care') return elders / adults
  if (!flags[service]) return 1
  return 1 - flags[service].reduce((none, count) => none * (1 - count / profile.households), 1)
}

function portion(people: Person[], share: number, dice: Chance): Person[] {
  return dice.shuffled(people).slice(0, Math.round(people.length * Math.min(1, share)))
}

/** At most three for each person, those whose need is unmet first; the share of each service is met as far as its people have a choice left. */
function giveTops(people: Person[], latent: Record<string, Latent>, dice: Chance): void {
  const order = Object.entries(latent).sort((a, b) => b[1].top - a[1].top)
  for (const [service, { top }] of order) {
    const free = dice.shuffled(people.filter((one) => one.needs.includes(service) && one.top.length < 3))
    free.sort((a, b) => Number(b.unmet.includes(service)) - Number(a.unmet.includes(service)))
    for (const one of free.slice(0, Math.round(people.length * top))) one.top.push(service)
  }
}
