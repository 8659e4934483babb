const mobile = /^1[3-9]\d{9}$/
const landline = /^(010|02\d|0[3-9]\d{2})([2-8]\d{6,7})$/

/** A phone number as it is dialled, however it was typed: a mobile, or a landline behind its area code. Undefined where it is none. */
export function phoneNumberIn(text: string): string | undefined {
  const digits = text
    .normalize('NFKC')
    .replace(/[\s()\-–—.·]/gu, '')
    .replace(/^(?:\+|00)86/, '')
  if (mobile.test(digits)) return digits
  const [, area, number] = landline.exec(digits) ?? []
  return area && `${area}-${number}`
}
