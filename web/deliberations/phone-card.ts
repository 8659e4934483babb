/** What the code on a seat card says. */
export function cardHere(): { seat: number; secret: string } | undefined {
  const [, seat, secret] = /^#seat=(\d{1,4})\.([A-Za-z0-9_-]{16})$/.exec(location.hash) ?? []
  return secret ? { seat: Number(seat), secret } : undefined
}
