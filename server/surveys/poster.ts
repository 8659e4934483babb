import type { FastifyInstance } from 'fastify'
import type { District } from '../../shared/places/api.ts'
import { type PosterForm, printPoster } from '../../shared/surveys/poster-api.ts'
import type { Db } from '../db/database.ts'
import type { Poster } from '../documents/poster.ts'
import { createPress } from '../documents/press.ts'
import { mount } from '../people/mount.ts'
import { community } from '../places/queries.ts'
import { attachment } from '../platform/attachment.ts'
import { chinaDay } from '../platform/china-time.ts'
import { isHere, NOT_TO_BE_HUNG } from '../platform/public-address.ts'
import { refuse } from '../refusals.ts'
import { completeLinks } from './publish.ts'
import { latestSurvey } from './queries.ts'

declare module 'fastify' {
  interface FastifyInstance {
    /** Where residents reach this server, without a slash at the end; undefined: where the desk reached it. */
    publicUrl: string | undefined
  }
}

/** Posters and table cards with the short code of a community. */
export function posterRoutes(app: FastifyInstance): void {
  const press = createPress()
  app.addHook('onClose', () => press.close())
  mount(app, printPoster, async (request, reply) => {
    const { db, district, params, query } = request
    const wanted = { form: query.form ?? 'poster', survey: params.survey, community: params.community }
    const base = app.publicUrl ?? `http://${request.host}`
    const poster = await posterOf(db, district, wanted, base)
    const file = await press.print(poster)
    const plain = `${wanted.form}-${poster.code}.pdf`
    reply.type('application/pdf')
    reply.header('content-disposition', attachment(`${poster.title}.pdf`, plain))
    return Buffer.from(file)
  })
}

async function posterOf(
  db: Db,
  district: District,
  wanted: { form: PosterForm; survey: string; community: string },
  base: string,
): Promise<Poster> {
  const survey = await latestSurvey(db, district.id, wanted.survey)
  if (!survey) throw refuse.unknownSurvey()
  const place = await community(db, district.id, wanted.community)
  if (!place) throw refuse.unknownCommunity()
  const link = (await completeLinks(db, district, survey.code)).find((one) => one.community === place.code)
  if (!link) throw refuse.unknownLink()
  return {
    form: wanted.form,
    title: `${place.name}-${wanted.form === 'cards' ? '桌牌' : '海报'}`,
    headline: ['您需要什么', '告诉社区'],
    place: place.name,
    name: survey.title,
    link: `${base}/s/${link.code}`,
    caption: '手机扫一扫，四分钟填完',
    steps: ['打开微信“扫一扫”\n对准二维码', '看完说明，按自己的\n想法选一选', '交卷后记下回执码，\n就办好了'],
    typing: ['扫不了？用手机浏览器打开', `${base.replace(/^https?:\/\//, '')}/s`, '再输入这个短码'],
    code: link.code,
    promises: ['不用写姓名和电话，凭回执码可随时撤回'],
    footer: `${district.name} · ${place.name}　　手机用不惯？请社区工作人员帮您填`,
    ...(isHere(base) ? { mark: NOT_TO_BE_HUNG } : {}),
    date: chinaDay(new Date()),
  }
}
