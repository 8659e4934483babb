import type { FastifyInstance } from 'fastify'
import * as api from '../../shared/wishes/api.ts'
import type { Db } from '../db/database.ts'
import { mount } from '../people/mount.ts'
import { community } from '../places/queries.ts'
import { refuse } from '../refusals.ts'
import { page } from './board.ts'
import { cardsOf, ownWords } from './card-queries.ts'
import { eventBoard } from './event.ts'
import { fulfilledPage } from './fulfilled.ts'
import { placesToWish } from './places.ts'
import { support } from './support.ts'

/** A hall, or a whole mobile network, is behind one address. */
const HALL = { max: 6_000, timeWindow: 60_000 }

/** What everybody sees of the wishes, and 我也想. */
export function boardRoutes(app: FastifyInstance): void {
  board(app)
  screens(app)
  mount(app, api.readFulfilled, async ({ db, district, query }) => {
    const { secrets, files } = app
    const words = await ownWords(db, district.id)
    return await fulfilledPage(db, { districtId: district.id, secrets, files, words }, query.next, app.now())
  })
  mount(app, api.readWishPlaces, async ({ db, district, query }) => {
    await mustExist(db, district.id, query.community)
    return await placesToWish(db, district.id, query.community)
  })
}

function board(app: FastifyInstance): void {
  mount(app, api.readBoard, async ({ db, district, query }) => {
    await mustExist(db, district.id, query.community)
    return await page(db, { districtId: district.id, secrets: app.secrets }, query, app.now())
  })
  mount(app, api.readWish, async ({ db, district, params }) => {
    const [card] = await cardsOf(db, district.id, [params.wish.toLowerCase()])
    if (!card) throw refuse.unknownWish()
    return card
  })
  mount(
    app,
    api.supportWish,
    async ({ db, district, params, body, caller }) => {
      const of = { districtId: district.id, id: params.wish }
      const supporting = { caller, ticket: body.ticket }
      const supporters = await db.transaction().execute((tx) => support(tx, of, supporting, app.now()))
      return { supporters }
    },
    { rateLimit: HALL },
  )
}

function screens(app: FastifyInstance): void {
  const eventOf = eventBoard()
  mount(app, api.readEvent, async ({ db, district, host, query: { community, since } }) => {
    await mustExist(db, district.id, community)
    const address = `${app.publicUrl ?? `http://${host}`}/desk/board`
    return { address, ...(await eventOf(db, { districtId: district.id, community }, since, app.now())) }
  })
}

/** @throws {Refusal} unknownCommunity */
async function mustExist(db: Db, districtId: number, code: string | undefined): Promise<void> {
  if (code !== undefined && !(await community(db, districtId, code))) throw refuse.unknownCommunity()
}
