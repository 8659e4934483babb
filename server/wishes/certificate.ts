import type { District } from '../../shared/places/api.ts'
import { kindNames } from '../../shared/wishes/kinds.ts'
import type { Certificate } from '../documents/certificate.ts'
import { chinaDay } from '../platform/china-time.ts'
import type { Secrets } from '../platform/secrets.ts'
import type { Deeds } from './count-queries.ts'
import type { StoredSponsor } from './queries.ts'

interface Awarded {
  district: District
  sponsor: Pick<StoredSponsor, 'id' | 'name'>
  deeds: Deeds
  at: Date
}

/** Thanks for what an organisation has fulfilled until today. */
export function certificateOf(secrets: Pick<Secrets, 'hashed'>, awarded: Awarded): Certificate {
  const { district, sponsor, deeds, at } = awarded
  return {
    certificate: numberOf(secrets, awarded),
    title: `${sponsor.name}微心愿证书`,
    name: sponsor.name,
    from: chinaDay(deeds.first),
    until: chinaDay(deeds.last),
    fulfilled: deeds.fulfilled,
    kinds: deeds.kinds.map(({ kind, n }) => ({ name: kindNames[kind], n })),
    issuer: district.name,
    ...(district.demo ? { mark: '演示数据，不作为表彰依据' } : {}),
    date: chinaDay(at),
  }
}

/** Letters and digits that nobody takes for one another. */
const letters = '23456789ABCDEFGHJKLMNPQRSTUVWXYZ'

/**
 * Follows from what the certificate says and a key of the server alone: made again for the same day it must come out the
 * same, and nobody else can make one up.
 */
function numberOf(secrets: Pick<Secrets, 'hashed'>, { district, sponsor, deeds, at }: Awarded): string {
  const day = chinaDay(at)
  const said = [district.id, sponsor.id, sponsor.name, deeds.fulfilled, chinaDay(deeds.last), day].join('/')
  const check = [...secrets.hashed('certificate', said).subarray(0, 8)].map((byte) => letters[byte % letters.length])
  return `${district.code}-${day.replaceAll('-', '')}-${check.slice(0, 4).join('')}-${check.slice(4).join('')}`
}
