/**
 * Takes the place of the component library's module that writes <style> elements: the same rules go into constructed style sheets,
 * which a strict Content-Security-Policy (style-src 'self') allows, so that no page needs 'unsafe-inline'.
 */
interface Options {
  prepend?: boolean | 'queue'
  priority?: number
  mark?: string
}

interface Kept {
  key: string
  css: string
  rank: number
  sheet: CSSStyleSheet
  /** Never part of the page: callers only hang marks on it. */
  node: HTMLStyleElement
}

const kept: Kept[] = []

const keyOf = (key: string, { mark = '' }: Options) => `${mark}/${key}`

/** Rules of a library come before those of its parts, and what is appended comes last. */
function rankOf({ prepend, priority = 0 }: Options): number {
  if (prepend === 'queue') return priority
  return prepend ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY
}

/** Adds rules under a key, or replaces those that stand under it. */
export function updateCSS(css: string, key: string, options: Options = {}): HTMLStyleElement {
  const name = keyOf(key, options)
  const known = kept.find((one) => one.key === name)
  if (!known) return add(name, css, rankOf(options)).node
  if (known.css !== css) {
    known.css = css
    known.sheet.replaceSync(css)
  }
  return known.node
}

function add(key: string, css: string, rank: number): Kept {
  const sheet = new CSSStyleSheet()
  sheet.replaceSync(css)
  const one = { key, css, rank, sheet, node: document.createElement('style') }
  const after = kept.findIndex((other) => other.rank > rank)
  const at = after < 0 ? kept.length : after
  kept.splice(at, 0, one)
  document.adoptedStyleSheets = kept.map((each) => each.sheet)
  return one
}

export function removeCSS(key: string, options: Options = {}): void {
  const at = kept.findIndex((one) => one.key === keyOf(key, options))
  if (at < 0) return
  kept.splice(at, 1)
  document.adoptedStyleSheets = kept.map((each) => each.sheet)
}

export function injectCSS(css: string, options: Options = {}): HTMLStyleElement {
  return add(`once/${kept.length}/${css.length}`, css, rankOf(options)).node
}

export function clearContainerCache(): void {}

/** The icons' copy of that module brings two more helpers; there are no shadow roots here. */
export function getShadowRoot(): undefined {
  return undefined
}

export function warningOnce(valid: boolean, message: string): void {
  if (!valid) console.warn(message)
}
