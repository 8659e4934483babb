import { assumptions } from '../sites/rules.ts'

/** Numbers that neither the answers nor the district's records give, but the way in which a brief is worked out. */
export const methods = { programme: assumptions }
