import T from 'typebox'

export const Id = T.String({ format: 'uuid' })
export const Moment = T.String({ format: 'date-time' })
export const usernames = /^[a-z0-9][a-z0-9._-]{2,29}$/
export const Username = T.String({ pattern: usernames.source })
/** Of mobile phones in China. */
export const phones = /^1[3-9][0-9]{9}$/
export const Phone = T.String({ pattern: phones.source })

/** For calls that have nothing to say but that all is well. */
export const Done = T.Object({ done: T.Literal(true) })
export const done = { done: true } as const

/** After this without a call somebody is signed out. */
export const IDLE_MINUTES = 30
/** How far behind the moment of the last call may be that is kept. */
export const SEEN_SECONDS = 60
