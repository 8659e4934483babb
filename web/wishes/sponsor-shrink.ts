/** Longer sides are shrunk to this before they are sent. */
const LONGEST = 2_000
const PREVIEW = 240
/** What is smaller is sent as it is. */
const SMALL_BYTES = 400_000

export interface Photo {
  name: string
  file: File
  /** A small picture of it as a data URL: the page's rules allow no other; none where the browser cannot read it. */
  preview?: string
}

/** Makes a photo small enough for a slow network; one that the browser cannot read is left to the server to judge. */
export async function shrunk(file: File): Promise<Photo> {
  const { name } = file
  try {
    const picture = await createImageBitmap(file)
    try {
      const preview = drawn(picture, PREVIEW).toDataURL('image/jpeg', 0.7)
      const isSmall = file.size <= SMALL_BYTES && Math.max(picture.width, picture.height) <= LONGEST
      return { name, file: isSmall ? file : await smaller(file, drawn(picture, LONGEST)), preview }
    } finally {
      picture.close()
    }
  } catch {
    return { name, file }
  }
}

async function smaller(file: File, canvas: HTMLCanvasElement): Promise<File> {
  const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, 'image/jpeg', 0.85))
  if (!blob || blob.size >= file.size) return file
  return new File([blob], `${file.name.replace(/\.\w+$/, '')}.jpg`, { type: 'image/jpeg' })
}

function drawn(picture: ImageBitmap, longest: number): HTMLCanvasElement {
  const scale = Math.min(1, longest / Math.max(picture.width, picture.height))
  const canvas = document.createElement('canvas')
  canvas.width = Math.max(1, Math.round(picture.width * scale))
  canvas.height = Math.max(1, Math.round(picture.height * scale))
  const context = canvas.getContext('2d')
  if (!context) throw new Error('no canvas')
  // What is transparent would turn black in a JPEG.
  context.fillStyle = '#fff'
  context.fillRect(0, 0, canvas.width, canvas.height)
  context.drawImage(picture, 0, 0, canvas.width, canvas.height)
  return canvas
}
