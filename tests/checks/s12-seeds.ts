/** Everything personal or secret that a check has sent or been given. */
export class Seeds {
  readonly phones: string[]
  /** Codes, sessions, passwords, receipts: whatever came up on the way. */
  readonly others: Set<string>
  private next = 0

  constructor(count: number, secrets: string[]) {
    this.phones = Array.from({ length: count }, (_, index) => `1376${String(index).padStart(7, '0')}`)
    this.others = new Set(secrets)
  }

  phone(): string {
    this.next += 1
    return this.phones[this.next % this.phones.length] as string
  }

  /** Words with a phone, a name and a text in them; each time others. */
  words(): string {
    return `密名甲${this.phone()}密语`
  }
}

/** Where a text holds any of it: the first few, cut out. */
export function hitsIn(text: string, { others }: Seeds): string[] {
  const hits = [...text.matchAll(/.{0,80}(1376\d{7}|密名甲|密语).{0,40}/g)].map(([hit]) => hit)
  for (const word of others) {
    // Digits alone turn up inside moments and sizes.
    const at = /^\d+$/.test(word) ? text.search(new RegExp(`(?<![\\w.])${word}(?![\\w.])`)) : text.indexOf(word)
    if (at >= 0) hits.push(`${word.slice(0, 4)}…: ${text.slice(Math.max(0, at - 80), at + 60)}`)
  }
  return hits.slice(0, 10)
}
