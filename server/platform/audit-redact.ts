/** What says who somebody is or how they sign in. An audit entry says that it changed, never what it was or became. */
const personal = new Set(['username', 'name', 'phone', 'contact', 'address', 'password', 'secret', 'token', 'receipt'])

const phoneNumber = /(?<![0-9A-Za-z])(?:\+?86[- ]?)?1[3-9][0-9]{9}(?![0-9A-Za-z])/g

/** Text in which no mobile number can be read any more; the last net, for what is written freely. */
export function withoutNumbers(text: string): string {
  return text.replace(phoneNumber, '（手机号）')
}

/** A state without anything personal in it. Beside an earlier state it says of each personal field whether it changed. */
export function redacted(state: unknown, earlier?: unknown): unknown {
  if (typeof state === 'string') return withoutNumbers(state)
  if (Array.isArray(state))
    return state.map((item, at) => redacted(item, Array.isArray(earlier) ? earlier[at] : undefined))
  if (state === null || typeof state !== 'object') return state
  const before = earlier !== null && typeof earlier === 'object' ? (earlier as Record<string, unknown>) : undefined
  return Object.fromEntries(
    Object.entries(state).map(([key, value]) => [
      key,
      personal.has(key) ? word(value, before, key) : redacted(value, before?.[key]),
    ]),
  )
}

function word(value: unknown, before: Record<string, unknown> | undefined, key: string): string | null {
  if (value === null || value === undefined) return null
  if (before === undefined || !(key in before)) return 'withheld'
  return JSON.stringify(before[key]) === JSON.stringify(value) ? 'same' : 'changed'
}
