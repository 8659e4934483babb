import type { FastifyInstance } from 'fastify'
import { maskPersonal } from '../../shared/masking/mask.ts'
import type { PersonalData } from '../../shared/people/personal-data-api.ts'
import { after, stateNames } from '../../shared/wishes/states.ts'
import type { Db } from '../db/database.ts'
import type { Whose } from '../people/open.ts'
import { phoneHash } from '../people/store.ts'
import type { Secrets } from '../platform/secrets.ts'
import { contactOf } from './contact.ts'
import { forgetMembership, forgetSteps, forgetWisher, membershipsOf, wishesAbout } from './personal-data-queries.ts'
import { lockWish, type StoredWish } from './queries.ts'
import { takeBack } from './withdrawing.ts'

type House = Parameters<typeof takeBack>[0]

/** Whoever asks what is held about them is told of their wishes; whoever is erased has no wish any more. */
export function tellOfWishers(house: House & Pick<FastifyInstance, 'people'>): void {
  const { secrets } = house
  house.people.elsewhere.push({
    async held(db, whose) {
      const wishes = await wishesAbout(db, asked(secrets, whose))
      const memberships = await membershipsOf(db, whose)
      return [
        ...wishes.map((wish) => toldOf(secrets, wish)),
        ...memberships.map(({ name, at }) => ({ what: '共建单位成员', at: at.toISOString(), details: { 单位: name } })),
      ]
    },
    async forget(db, whose) {
      const { districtId } = whose
      const wishes: StoredWish[] = []
      // All rows before the first step: steps take turns at a row of the district, which whoever holds one of these waits for.
      for (const { id } of await wishesAbout(db, asked(secrets, whose)))
        wishes.push((await lockWish(db, { districtId, id }))!)
      for (const wish of wishes) await forgetWish(house, db, whose, wish)
      await forgetMembership(db, whose)
    },
  })
}

const asked = (secrets: Secrets, { districtId, persons, phone }: Whose) => ({
  ...{ districtId, persons, contact: phone === null ? null : phoneHash(secrets, phone) },
})

function toldOf(secrets: Secrets, wish: StoredWish): PersonalData['elsewhere'][number] {
  const contact = contactOf(secrets, wish)
  const said = {
    ...{ 内容: wish.text, 原文: wish.original, 状态: stateNames[wish.state], 地点: wish.place?.words },
    ...{ 电话: contact?.phone, 称呼: contact?.name, 感谢: wish.thanks },
  }
  const details = Object.fromEntries(Object.entries(said).filter((one): one is [string, string] => !!one[1]))
  return { what: `第 ${wish.number} 号微心愿`, at: wish.created_at.toISOString(), details }
}

/** What can still be taken back is: nobody can be reached about it. What was done stays as a deed of whoever did it. */
async function forgetWish(house: House, db: Db, { districtId, persons }: Whose, wish: StoredWish): Promise<void> {
  const by = { actor: 'resident', role: 'wisher' as const }
  if (after(wish.state, 'withdraw', 'wisher')) await takeBack(house, db, wish, by, house.now(), '许愿人删除了个人信息')
  // What staff have not looked at may still tell who wished.
  const text = wish.opened_at === null ? maskPersonal(wish.text) : wish.text
  await forgetWisher(db, wish, text)
  await forgetSteps(db, { districtId, id: wish.id, persons })
}
