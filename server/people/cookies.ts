/** The names of our cookies. Over https the prefix keeps other hosts of the same domain from setting them. */
export function cookieNames(secure: boolean): { session: string; second: string } {
  const prefix = secure ? '__Host-' : ''
  return { session: `${prefix}yixu`, second: `${prefix}yixu-second` }
}

/** What makes the browser forget both. */
export function forgetCookies(secure: boolean): string[] {
  const rest = `Max-Age=0; Path=/; HttpOnly; SameSite=Strict${secure ? '; Secure' : ''}`
  return Object.values(cookieNames(secure)).map((name) => `${name}=; ${rest}`)
}

/** One cookie of a request, as it was sent; undefined where it is not there. */
export function cookieOf(header: string | undefined, name: string): string | undefined {
  if (!header?.includes(`${name}=`)) return undefined
  for (const part of header.split(';')) {
    const at = part.indexOf('=')
    if (at > 0 && part.slice(0, at).trim() === name) return part.slice(at + 1).trim() || undefined
  }
  return undefined
}
