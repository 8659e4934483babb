/**
 * Random 32-bit integers by xoshiro128**, from a state of four 32-bit words that are not all zero.
 * Blackman and Vigna (2021), Scrambled linear pseudorandom number generators.
 * @throws {RangeError} when all words are zero
 */
export function xoshiro128(state: readonly [number, number, number, number]): () => number {
  let [a, b, c, d] = state
  if ((a | b | c | d) === 0) throw new RangeError('the state of the generator must not be all zero')
  return () => {
    const result = Math.imul(rotate(Math.imul(b, 5), 7), 9) >>> 0
    const shifted = b << 9
    c ^= a
    d ^= b
    b ^= c
    a ^= d
    c ^= shifted
    d = rotate(d, 11)
    return result
  }
}

function rotate(word: number, by: number): number {
  return (word << by) | (word >>> (32 - by))
}

/**
 * FNV-1a hash of a text, 32 bits; characters beyond Latin-1 count as two bytes. Fowler, Noll and Vo (1991).
 */
export function fnv1a(text: string): number {
  let hash = 0x811c9dc5
  for (let at = 0; at < text.length; at += 1) {
    const unit = text.charCodeAt(at)
    hash = Math.imul(hash ^ (unit & 0xff), 0x01000193)
    if (unit > 0xff) hash = Math.imul(hash ^ (unit >>> 8), 0x01000193)
  }
  return hash >>> 0
}

/**
 * A generator of uniform numbers in [0, 1), 32 bits each, that always gives the same series for the same seed:
 * FNV-1a of the seed's text, spread over four words by SplitMix with a 32-bit mixer, drives
 * xoshiro128**. The seeds 7 and '7' are the same.
 */
export function seeded(seed: number | string): () => number {
  const next = xoshiro128(spread(fnv1a(String(seed))))
  return () => next() / 4294967296
}

function spread(hash: number): [number, number, number, number] {
  const word = (step: number) => {
    let mixed = (hash + Math.imul(step, 0x9e3779b9)) | 0
    mixed = Math.imul(mixed ^ (mixed >>> 16), 0x21f0aaad)
    mixed = Math.imul(mixed ^ (mixed >>> 15), 0x735a2d97)
    return mixed ^ (mixed >>> 15)
  }
  return [word(1), word(2), word(3), word(4)]
}

/** A standard normal number from two uniform ones. Box and Muller (1958). */
export function normal(random: () => number): number {
  const radius = Math.sqrt(-2 * Math.log(1 - random()))
  return radius * Math.cos(2 * Math.PI * random())
}
