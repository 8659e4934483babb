import type { FastifyInstance } from 'fastify'
import * as api from '../../shared/briefs/api.ts'
import { readResults } from '../../shared/briefs/results.ts'
import { zip } from '../documents/archive.ts'
import { lookOf } from '../people/look.ts'
import { mount } from '../people/mount.ts'
import { holds } from '../people/reach.ts'
import { attachment } from '../platform/attachment.ts'
import { refuse } from '../refusals.ts'
import { bundle, sitesWithin, type Workshop } from './bundle.ts'
import { composeBrief } from './compose.ts'
import { createComposer } from './composer.ts'
import { namer } from './entries.ts'
import { briefName, fitForFile, mediaTypes } from './names.ts'
import { editions, storedBrief } from './queries.ts'
import { fileOf } from './render.ts'
import { resultsReader } from './results.ts'

export async function briefRoutes(app: FastifyInstance): Promise<void> {
  const workshop: Workshop = { db: app.db, composer: createComposer(), renderer: app.renderer }
  app.addHook('onClose', workshop.composer.close)
  composing(app, workshop)
  reading(app, workshop)
  const results = resultsReader(app.db)
  mount(app, readResults, ({ district, params }) => results(district, params.community, new Date()))
}

function composing(app: FastifyInstance, { composer }: Workshop): void {
  mount(app, api.composeBrief, async (request, reply) => {
    const { db, district, params, body } = request
    const { audience, ...resting } = body
    const { site } = params
    const look = lookOf(request, `brief:${site}`)
    const brief = await composeBrief(db, composer, { district, site, audience, at: new Date(), resting, look })
    reply.code(201)
    return (await namer(db, district.id))(brief)
  })
}

function reading(app: FastifyInstance, workshop: Workshop): void {
  const { renderer } = workshop
  mount(app, api.listBriefs, async ({ db, district, reach }) => {
    const entries = (await editions(db, district.id)).map(await namer(db, district.id))
    return entries.filter(({ community }) => holds(reach, community))
  })

  mount(app, api.readBrief, async ({ db, district, params: { site, edition }, query }, reply) => {
    const { audience = 'staff', format = 'json' } = query
    const brief = await storedBrief(db, district.id, { site, audience, edition })
    if (!brief) throw refuse.unknownBrief()
    const file = await fileOf(renderer, brief.document, format)
    const name = briefName((await namer(db, district.id))(brief))
    reply.type(mediaTypes[format])
    reply.header('content-disposition', attachment(`${name}.${format}`, `brief-${site}-${edition}.${format}`))
    return Buffer.from(file)
  })

  mount(app, api.downloadBriefs, async (request, reply) => {
    const { db, district, query, reach } = request
    const { audience = 'staff' } = query
    const at = new Date()
    const entries = bundle(workshop, district, { audience, anew: false, at, reach, look: lookOf(request, 'briefs') })
    // The first file is waited for, so that a refusal is an answer and not a ZIP that breaks off.
    const first = await entries.next()
    const name = `一社一案-${fitForFile(district.name)}${audience === 'public' ? '-公开版' : ''}.zip`
    reply.type('application/zip').header('content-disposition', attachment(name, `briefs-${district.code}.zip`))
    reply.header(api.briefsInside, (await sitesWithin(db, district, reach)).length)
    return zip(resumed(first, entries), { modified: at })
  })
}

async function* resumed<T>(first: IteratorResult<T>, rest: AsyncGenerator<T>): AsyncGenerator<T> {
  try {
    if (!first.done) yield first.value
    yield* rest
  } finally {
    await rest.return(undefined)
  }
}
