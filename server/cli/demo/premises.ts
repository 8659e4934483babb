import type { Community, Room, Site } from '../../../shared/places/api.ts'
import type cases from './cases.json'
import type { Chance } from './chance.ts'
import { scale } from './scale.ts'

type Case = (typeof cases.communities)[number]

const formerUses = [
  '闲置办公用房',
  '原居委会用房',
  '闲置商铺',
  '原锅炉房',
  '闲置厂房门房',
  '原幼儿园用房',
  '闲置仓库',
  '沿街门面房',
]

/** The sites of the pilots: those of the cases as reported, invented idle premises for the others, 36 in all. */
export function demoSites(
  reported: readonly Case[],
  communities: readonly Community[],
  plots: readonly { lon: number; lat: number }[],
  dice: Chance,
): Site[] {
  const fromCases = reported.flatMap((item, c) =>
    item.sites.map(
      (site, i): Site => ({
        code: `${communities[c].code}S${i + 1}`,
        community: communities[c].code,
        name: site.name,
        formerUse: site.name.startsWith('原') ? site.name.slice(1) : site.name,
        fireClass: site.fireClass as Site['fireClass'],
        highRise: site.highRise,
        outdoorM2: site.outdoorM2,
        lon: plots[c].lon,
        lat: plots[c].lat,
        rooms: site.rooms.map((room, r): Room => ({ code: `R${r + 1}`, ...room })),
      }),
    ),
  )
  const pilots = communities.filter((community, c) => community.pilot && c >= reported.length)
  const left = scale.sites - fromCases.length
  const invented = Array.from({ length: left }, (_, i) => {
    const community = pilots[i % pilots.length]
    const plot = plots[communities.indexOf(community)]
    return inventedSite(community, Math.floor(i / pilots.length) + 1, plot, dice)
  })
  return [...fromCases, ...invented]
}

/** Small scattered premises are the rule; one in five is large enough for a day care centre. */
function inventedSite(community: Community, number: number, plot: { lon: number; lat: number }, dice: Chance): Site {
  const use = dice.pick(formerUses)
  const large = dice.yes(0.2)
  const rooms = Array.from(
    { length: dice.integer(1, large ? 5 : 3) },
    (_, r): Room => ({
      code: `R${r + 1}`,
      floor: r < 2 ? 1 : 2,
      areaM2: Math.round(r === 0 && large ? dice.between(260, 480) : dice.between(45, 170)),
      exits: r === 0 || dice.yes(0.5) ? 2 : 1,
      water: dice.yes(0.85),
      exhaust: dice.yes(0.3),
      quiet: r >= 2,
    }),
  )
  return {
    code: `${community.code}S${number}`,
    community: community.code,
    name: `${community.name.replace('社区', '')}${use.replace(/^(闲置|原)/, '')}`,
    formerUse: use,
    fireClass: dice.yes(0.85) ? 'II' : 'III',
    highRise: dice.yes(0.15),
    outdoorM2: dice.yes(0.4) ? Math.round(dice.between(60, 420)) : 0,
    lon: plot.lon + dice.between(-0.001, 0.001),
    lat: plot.lat + dice.between(-0.001, 0.001),
    rooms,
  }
}
