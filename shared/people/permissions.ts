import type { Endpoint } from '../endpoint.ts'
import type { Grant, Role } from './roles.ts'

/** Who may make a call, and where they must hold the role for it. */
export interface Permission {
  /** Anybody, without an account; whoever is signed in; whoever runs the server and holds its key; or people of these roles. */
  may: 'anyone' | 'signed-in' | 'key' | readonly Role[]
  /**
   * `district`: the role counts at the district only. `place`: the community, site or subdistrict that the call names lies
   * within a node where the person holds it. `reach`: anywhere in the district, and the answer holds their part alone.
   * `none`: the call is about no district.
   */
  at: 'district' | 'place' | 'reach' | 'none'
}

const anyone: Permission = { may: 'anyone', at: 'none' }
const oneself: Permission = { may: 'signed-in', at: 'none' }

/** Those who govern a district: its data, its surveys, its thresholds. */
const governing: readonly Role[] = ['administrator']
/** Those who work with needs and briefs. */
const planning: readonly Role[] = ['administrator', 'officer', 'secretary', 'planner']
const reading: readonly Role[] = [...planning, 'auditor']
/** Those who knock at doors, hang posters and type in what is on paper. */
const collecting: readonly Role[] = ['administrator', 'officer', 'secretary', 'fieldworker']
/** Those who have people of their own. */
export const managing: readonly Role[] = ['administrator', 'officer', 'secretary']
/** Sums over more than one community. */
const comparing: readonly Role[] = ['administrator', 'auditor', 'officer', 'planner']

const governs: Permission = { may: governing, at: 'district' }
/** Administrators are among those whose doings are recorded. */
const audits: Permission = { may: ['auditor'], at: 'district' }
const manages: Permission = { may: managing, at: 'reach' }
const district = '/api/districts/:district'
const deliberation = `${district}/deliberations/:deliberation`
const wish = `${district}/wishes/:wish`
/** Those who look after wishes; the handler finds the wish's community within their reach. */
const granting: Permission = { may: managing, at: 'reach' }
/** Members of an organisation that claims wishes; the handler finds what it holds. */
const sponsoring: Permission = { may: ['sponsor'], at: 'reach' }
const holding: Permission = { may: [...managing, 'sponsor'], at: 'reach' }
/** Those who hold meetings; the handler finds the meeting's community within their reach. */
const convening: Permission = { may: ['administrator', 'officer', 'secretary', 'planner'], at: 'reach' }
/** Those who also read what came of them. */
const attending: Permission = { may: reading, at: 'reach' }

/** The one table: whoever is not named here for a call may not make it, and a call that is not named here is not served. */
export const permissions: Record<string, Permission> = {
  'GET /metrics': { may: governing, at: 'none' },
  'GET /api/setup': anyone,
  'POST /api/setup': anyone,
  'POST /api/sign-in': anyone,
  'POST /api/sign-in/second': anyone,
  'POST /api/sign-in/phone': anyone,
  'POST /api/sign-in/phone/code': anyone,
  'POST /api/sign-out': anyone,
  'GET /api/me': oneself,
  'GET /api/me/personal-data': oneself,
  'DELETE /api/me': oneself,
  'PUT /api/me/password': oneself,
  'POST /api/me/second-factor': oneself,
  'PUT /api/me/second-factor': oneself,
  'GET /api/me/sessions': oneself,
  'DELETE /api/me/sessions/:session': oneself,
  'GET /api/me/notices': oneself,
  'PUT /api/me/notices/:notice/read': oneself,
  'PUT /api/me/notices/read': oneself,

  [`GET ${district}/people`]: { may: [...managing, 'auditor'], at: 'reach' },
  [`POST ${district}/people`]: manages,
  [`POST ${district}/people/import`]: manages,
  [`GET ${district}/people/import/template`]: manages,
  [`PUT ${district}/people/:person/grants`]: manages,
  [`PUT ${district}/people/:person/status`]: manages,
  [`POST ${district}/people/:person/slip`]: manages,
  [`GET ${district}/people/:person/sessions`]: { may: [...managing, 'auditor'], at: 'reach' },
  [`DELETE ${district}/people/:person/sessions/:session`]: manages,

  [`GET ${district}/sms/outbox`]: governs,
  [`GET ${district}/sms/failures`]: governs,
  [`POST ${district}/sms/:message/again`]: governs,

  [`POST ${district}/personal-data/exports`]: governs,
  [`POST ${district}/personal-data/erasures`]: governs,

  [`GET ${district}/audit`]: audits,
  [`GET ${district}/audit.csv`]: audits,

  'GET /api/districts': anyone,
  'POST /api/districts': { may: 'key', at: 'none' },
  [`GET ${district}/communities`]: { may: [...reading, 'fieldworker'], at: 'reach' },
  [`GET ${district}/communities/:community`]: { may: reading, at: 'place' },
  [`GET ${district}/catalogue`]: { may: reading, at: 'reach' },
  [`PUT ${district}/catalogue`]: governs,
  [`POST ${district}/imports/:kind`]: governs,
  [`GET ${district}/imports/:kind/template`]: governs,

  [`GET ${district}/surveys`]: { may: [...reading, 'fieldworker'], at: 'reach' },
  [`POST ${district}/surveys/:survey/versions`]: governs,
  [`GET ${district}/surveys/:survey/versions`]: { may: reading, at: 'reach' },
  [`GET ${district}/surveys/:survey/comparison`]: { may: reading, at: 'reach' },
  [`GET ${district}/survey-drafts/:survey/comparison`]: governs,
  [`POST ${district}/surveys/:survey/rounds`]: governs,
  [`PUT ${district}/surveys/:survey/status`]: governs,
  [`GET ${district}/survey-drafts`]: governs,
  [`POST ${district}/survey-drafts`]: governs,
  [`GET ${district}/survey-drafts/:survey`]: governs,
  [`PUT ${district}/survey-drafts/:survey`]: governs,
  [`DELETE ${district}/survey-drafts/:survey`]: governs,
  [`POST ${district}/survey-drafts/:survey/publication`]: governs,
  [`GET ${district}/surveys/:survey`]: anyone,
  [`GET ${district}/surveys/:survey/links`]: { may: collecting, at: 'reach' },
  [`GET ${district}/surveys/:survey/posters/:community`]: { may: collecting, at: 'place' },
  [`POST ${district}/surveys/:survey/responses`]: anyone,
  [`POST ${district}/withdrawals`]: anyone,
  [`POST ${district}/surveys/:survey/reviews`]: manages,
  [`GET ${district}/surveys/:survey/quality`]: { may: [...managing, 'auditor'], at: 'reach' },
  'GET /api/s/:code': anyone,

  [`GET ${district}/surveys/:survey/coverage`]: { may: [...reading, 'fieldworker'], at: 'reach' },
  [`GET ${district}/surveys/:survey/coverage/state`]: { may: [...reading, 'fieldworker'], at: 'reach' },
  [`GET ${district}/surveys/:survey/quotas`]: { may: [...reading, 'fieldworker'], at: 'reach' },
  [`PUT ${district}/surveys/:survey/quotas/:community`]: { may: ['administrator', 'officer'], at: 'place' },
  [`POST ${district}/surveys/:survey/quotas/distribution`]: governs,
  [`GET ${district}/surveys/:survey/communities/:community/contacts`]: { may: collecting, at: 'place' },
  [`POST ${district}/surveys/:survey/communities/:community/contacts`]: { may: collecting, at: 'place' },
  [`DELETE ${district}/surveys/:survey/communities/:community/contacts/:contact`]: { may: collecting, at: 'place' },
  [`GET ${district}/surveys/:survey/communities/:community/slips`]: { may: collecting, at: 'place' },
  [`POST ${district}/surveys/:survey/communities/:community/slips`]: { may: collecting, at: 'place' },
  [`GET ${district}/surveys/:survey/communities/:community/slips/:batch`]: { may: collecting, at: 'place' },

  [`GET ${district}/code-dictionary`]: { may: planning, at: 'reach' },
  [`PUT ${district}/code-dictionary`]: governs,
  [`GET ${district}/surveys/:survey/open-answers`]: { may: planning, at: 'reach' },
  [`GET ${district}/surveys/:survey/open-answers/themes`]: { may: planning, at: 'reach' },
  [`POST ${district}/surveys/:survey/open-answers/decisions`]: { may: planning, at: 'reach' },
  [`DELETE ${district}/surveys/:survey/open-answers/decisions/:decision`]: { may: planning, at: 'reach' },
  [`POST ${district}/surveys/:survey/open-answers/quotations`]: { may: planning, at: 'reach' },
  [`DELETE ${district}/surveys/:survey/open-answers/quotations/:quotation`]: { may: planning, at: 'reach' },

  [`GET ${district}/deliberations`]: attending,
  [`POST ${district}/deliberations`]: { ...convening, at: 'place' },
  [`GET ${deliberation}`]: attending,
  [`PUT ${deliberation}`]: convening,
  [`PUT ${deliberation}/status`]: convening,
  [`PUT ${deliberation}/roster`]: convening,
  [`POST ${deliberation}/roster/import`]: convening,
  [`GET ${deliberation}/roster/template`]: convening,
  [`POST ${deliberation}/documents`]: convening,
  [`DELETE ${deliberation}/documents/:document`]: convening,
  [`GET ${deliberation}/documents`]: anyone,
  [`GET ${deliberation}/documents/:document`]: anyone,
  [`GET ${deliberation}/prints/:sheet`]: convening,
  [`GET ${district}/rooms/:code`]: anyone,
  [`GET ${deliberation}/room`]: anyone,
  [`GET ${deliberation}/stream`]: anyone,
  [`GET ${deliberation}/events`]: anyone,
  [`GET ${deliberation}/desk-stream`]: attending,
  [`POST ${deliberation}/attendance`]: anyone,
  [`POST ${deliberation}/attendance/leaving`]: anyone,
  [`GET ${deliberation}/attendance`]: convening,
  [`POST ${deliberation}/attendance/door`]: convening,
  [`DELETE ${deliberation}/attendance/:participant`]: convening,
  [`PUT ${deliberation}/item`]: convening,
  [`POST ${deliberation}/speakers`]: anyone,
  [`POST ${deliberation}/speakers/seat`]: convening,
  [`PUT ${deliberation}/speakers/:speaker`]: convening,
  [`POST ${deliberation}/statements`]: anyone,
  [`POST ${deliberation}/statements/own`]: anyone,
  [`GET ${deliberation}/statements`]: attending,
  [`POST ${deliberation}/statements/taken`]: convening,
  [`PUT ${deliberation}/statements/:statement/state`]: convening,
  [`PUT ${deliberation}/statements/:statement/merged`]: convening,
  [`PUT ${deliberation}/statements/:statement/service`]: convening,
  [`PUT ${deliberation}/statements/:statement/answer`]: convening,
  [`GET ${district}/statement-keywords`]: { may: planning, at: 'reach' },
  [`PUT ${district}/statement-keywords`]: governs,
  [`GET ${deliberation}/questions`]: attending,
  [`POST ${deliberation}/questions`]: convening,
  [`PUT ${deliberation}/questions/:question/state`]: convening,
  [`POST ${deliberation}/questions/:question/reruns`]: convening,
  [`DELETE ${deliberation}/questions/:question`]: convening,
  [`POST ${deliberation}/questions/:question/votes`]: anyone,
  [`POST ${deliberation}/questions/:question/seat-votes`]: convening,
  [`PUT ${deliberation}/questions/:question/hands`]: convening,
  [`GET ${deliberation}/minutes`]: attending,
  [`PUT ${deliberation}/minutes`]: convening,
  [`PUT ${deliberation}/minutes/status`]: convening,
  [`GET ${deliberation}/minutes/:format`]: attending,
  [`GET ${deliberation}/follow-ups`]: attending,
  [`POST ${deliberation}/follow-ups`]: convening,
  [`PUT ${deliberation}/follow-ups/:followUp`]: convening,
  [`GET ${district}/follow-ups`]: attending,
  [`GET ${deliberation}/results`]: anyone,
  [`GET ${deliberation}/results/minutes.pdf`]: anyone,
  [`GET ${deliberation}/answers.xlsx`]: attending,

  [`POST ${district}/wishes`]: anyone,
  [`GET ${district}/wishes`]: anyone,
  [`GET ${wish}`]: anyone,
  [`GET ${district}/wishes/event`]: anyone,
  [`GET ${district}/wishes/places`]: anyone,
  [`GET ${district}/wishes/fulfilled`]: anyone,
  [`POST ${district}/wishes/own`]: anyone,
  [`PUT ${wish}/text`]: anyone,
  [`POST ${wish}/withdrawal`]: anyone,
  [`POST ${wish}/photos`]: anyone,
  [`GET ${wish}/photos/:photo`]: anyone,
  [`POST ${wish}/photos/:photo`]: anyone,
  [`DELETE ${wish}/photos/:photo`]: anyone,
  [`POST ${wish}/supporters`]: anyone,
  [`POST ${wish}/confirmation`]: anyone,
  [`GET ${district}/wishes/desk`]: { may: [...managing, 'auditor'], at: 'reach' },
  [`GET ${wish}/history`]: { may: [...managing, 'auditor'], at: 'reach' },
  [`PUT ${wish}/moderation`]: granting,
  [`POST ${wish}/reopening`]: granting,
  [`POST ${wish}/assignment`]: granting,
  [`GET ${district}/wishes/rules`]: granting,
  [`PUT ${district}/wishes/rules`]: governs,
  [`GET ${district}/wishes/statistics`]: { may: [...reading], at: 'reach' },
  [`GET ${district}/wishes/wishes.xlsx`]: granting,
  [`GET ${district}/stations`]: granting,
  [`POST ${district}/stations`]: { ...granting, at: 'place' },
  [`GET ${district}/stations/:station/poster`]: granting,
  [`GET ${district}/sponsors`]: { may: [...managing, 'auditor'], at: 'reach' },
  [`POST ${district}/sponsors`]: granting,
  [`PUT ${district}/sponsors/:sponsor/members`]: granting,
  [`GET ${district}/sponsors/:sponsor/certificate`]: holding,
  [`GET ${district}/holdings`]: sponsoring,
  [`POST ${wish}/claims`]: sponsoring,
  [`GET ${wish}/contact`]: sponsoring,
  [`POST ${wish}/extension`]: holding,
  [`POST ${wish}/release`]: holding,
  [`POST ${wish}/evidence`]: sponsoring,

  [`GET ${district}/demand`]: { may: reading, at: 'reach' },
  [`GET ${district}/demand/design-effects`]: { may: reading, at: 'reach' },
  [`GET ${district}/communities/:community/demand`]: { may: reading, at: 'place' },
  [`GET ${district}/subdistricts/:subdistrict/demand`]: { may: comparing, at: 'place' },
  [`GET ${district}/demand/whole`]: { may: comparing, at: 'district' },
  [`GET ${district}/communities/:community/rounds`]: { may: reading, at: 'place' },
  [`GET ${district}/subdistricts/:subdistrict/rounds`]: { may: comparing, at: 'place' },
  [`GET ${district}/demand/rounds`]: { may: comparing, at: 'district' },
  [`GET ${district}/demand/changes`]: { may: reading, at: 'reach' },
  [`GET ${district}/communities/:community/results`]: anyone,

  [`POST ${district}/surveys/:survey/exports/microdata`]: governs,
  [`POST ${district}/surveys/:survey/exports/figures`]: { may: reading, at: 'reach' },
  [`GET ${district}/surveys/:survey/exports`]: { may: reading, at: 'reach' },
  [`GET ${district}/surveys/:survey/exports/:export`]: { may: reading, at: 'reach' },
  [`GET ${district}/surveys/:survey/exports/:export/file`]: { may: reading, at: 'reach' },
  [`DELETE ${district}/surveys/:survey/exports/:export`]: { may: reading, at: 'reach' },

  [`POST ${district}/sites/:site/briefs`]: { may: planning, at: 'place' },
  [`GET ${district}/briefs`]: { may: reading, at: 'reach' },
  [`GET ${district}/sites/:site/briefs/:edition`]: { may: reading, at: 'place' },
  [`GET ${district}/briefs.zip`]: { may: reading, at: 'reach' },
}

/** Answers that are not the resident's own sending: of visits, of paper, of meetings. Anybody may send an answer; these are staff's. */
export const takingDown: Permission = { may: collecting, at: 'place' }

/** Whether somebody with these grants may make a call somewhere in their district, so that pages offer nothing that is refused in any case. */
export function mayMake({ method, url }: Pick<Endpoint, 'method' | 'url'>, grants: readonly Grant[]): boolean {
  const { may, at } = permissions[`${method} ${url}`] ?? { may: 'key', at: 'none' }
  if (typeof may === 'string') return may !== 'key'
  return grants.some(({ role, level }) => may.includes(role) && (at !== 'district' || level === 'district'))
}
