import { dataOf, smallPhoto } from './phone-small-photo.ts'

const PREVIEW_PX = 240

export interface Photo {
  name: string
  file: Blob
  /** A small picture of it, where the browser can read it. */
  preview?: string
}

/** Makes a photo small enough for a slow network; one that the browser cannot read is left to the server to judge. */
export async function shrunk(file: File): Promise<Photo> {
  const { name } = file
  const preview = await smallPhoto(file, PREVIEW_PX)
  if (!preview) return { name, file }
  const small = await smallPhoto(file)
  return { name, file: small && small.size < file.size ? small : file, preview: await dataOf(preview) }
}
