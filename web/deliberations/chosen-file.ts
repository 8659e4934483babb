import type { ChangeEvent } from 'react'

/** The file that was just chosen, as it is sent; the same one can be chosen again. */
export function chosenFile({ target }: ChangeEvent<HTMLInputElement>): FormData | undefined {
  const [file] = target.files ?? []
  target.value = ''
  if (!file) return undefined
  const form = new FormData()
  form.append('file', file)
  return form
}
