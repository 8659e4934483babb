import type { Document } from '../document.ts'
import type { Audience } from './api.ts'
import type { Facts } from './facts.ts'
import { teller } from './figures.ts'
import { appendixSection } from './sections/appendix.ts'
import { deliberationsSection } from './sections/deliberations.ts'
import { gapsSection } from './sections/gaps.ts'
import { needsSection } from './sections/needs.ts'
import { partsSection } from './sections/parts.ts'
import { profileSection } from './sections/profile.ts'
import { programmeSection } from './sections/programme.ts'
import { qualitySection } from './sections/quality.ts'
import { sitesSection } from './sections/sites.ts'
import { voicesSection } from './sections/voices.ts'
import { wishesSection } from './sections/wishes.ts'
import { world as worldOf } from './world.ts'

/** 一社一案: the brief of one site as a document, each of its numbers with its source. The same facts make the same document, byte for byte. */
export function compose(facts: Facts, audience: Audience): Document {
  const { district, community, composedAt } = facts
  const world = worldOf(facts, audience)
  const tell = teller(world)
  const site = facts.sites.find(({ code }) => code === facts.site)
  return {
    title: `${community.name}嵌入式服务需求与建设方案`,
    subtitle: `一社一案 · ${site?.name ?? facts.site}${audience === 'public' ? ' · 公开版' : ''}`,
    ...(district.demo ? { mark: '演示数据：除公开报道的四个案例外，地名与数字均为虚构，不作为决策依据' } : {}),
    issuer: district.name,
    date: composedAt.slice(0, 10),
    blocks: [
      ...profileSection(facts, tell),
      ...qualitySection(facts, world, tell),
      ...needsSection(world, tell),
      ...voicesSection(facts, world, tell),
      ...deliberationsSection(facts, world, tell),
      ...wishesSection(facts, world, tell),
      ...partsSection(facts, world, tell),
      ...gapsSection(facts, world, tell),
      ...sitesSection(facts, world, tell),
      ...programmeSection(facts, world, tell),
      ...appendixSection(facts, world, tell),
    ],
  }
}
