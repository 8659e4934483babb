import { type RefObject, useEffect, useRef } from 'react'

/**
 * The place that takes the focus when the button that was pressed in it is gone: otherwise whoever uses the keyboard or
 * hears the page would be sent back to its beginning.
 */
export function useKeptFocus<E extends HTMLElement>(): RefObject<E | null> {
  const place = useRef<E>(null)
  useEffect(() => {
    const here = place.current
    if (!here) return
    let last: Element | undefined
    const note = ({ target }: FocusEvent) => {
      last = target as Element
    }
    const watch = new MutationObserver(() => {
      if (!last || last.isConnected) return
      last = undefined
      if (document.activeElement === document.body) here.focus({ preventScroll: true })
    })
    here.addEventListener('focusin', note)
    watch.observe(here, { childList: true, subtree: true })
    return () => {
      here.removeEventListener('focusin', note)
      watch.disconnect()
    }
  }, [])
  return place
}
