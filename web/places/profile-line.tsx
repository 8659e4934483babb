import type { Community } from '../../shared/places/api.ts'

const sum = (counts: number[]): number => counts.reduce((all, count) => all + count, 0)

/** Who lives here, in one sentence. */
export function ProfileLine({ community: { kind, profile } }: { community: Community }) {
  const { male, female } = profile.population
  const elders = sum([...male.slice(4), ...female.slice(4)])
  const all = sum(male) + sum(female)
  const number = (value: number) => value.toLocaleString('zh-CN')
  return (
    <p className="under">
      {kind}，{profile.areaKm2}平方公里，{number(profile.households)}户、{number(all)}名居民，其中60岁及以上
      {number(elders)}
      人、独居老人{number(profile.eldersLivingAlone)}人（社区概况，截至{profile.asOf}）
    </p>
  )
}
