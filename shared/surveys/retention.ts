import T from 'typebox'

/** How many days after a survey is closed its answers are erased, where it says nothing else. */
export const RETENTION_DAYS = 180

export const RetentionDays = T.Integer({ minimum: 1, maximum: 3650 })
