import sharp from 'sharp'
import { points } from '../checks/hostile-photos.ts'

/** 39° 54′ as EXIF writes it. */
const latitude = '\x27\0\0\0\x01\0\0\0\x36\0\0\0\x01'
/** What a camera writes beside the picture, none of which may be found again. */
export const secrets = ['SecretCam', latitude, 'xmp-secret', 'iptc-secret', 'trailer-secret', 'Exif', 'http://ns.adobe']

/** As a phone held upright writes it: turned, with where and with what, and with a film behind its end. */
export async function cameraPhoto(): Promise<Buffer> {
  const exif = {
    IFD0: { Make: 'SecretCam', Artist: 'SecretCam owner' },
    IFD3: { GPSLatitudeRef: 'N', GPSLatitude: '39/1 54/1 30/1', GPSLongitudeRef: 'E', GPSLongitude: '116/1 23/1 0/1' },
  }
  const xmp = '<x:xmpmeta xmlns:x="adobe:ns:meta/"><r>xmp-secret</r></x:xmpmeta>'
  const upright = points(3_200, 2_400).jpeg({ quality: 90 }).withMetadata({ orientation: 6 })
  const taken = await upright.withExifMerge(exif).withXmp(xmp).toBuffer()
  const iptc = Buffer.from('Photoshop 3.0\0iptc-secret', 'latin1')
  const segment = Buffer.concat([Buffer.from([0xff, 0xed, 0, iptc.length + 2]), iptc])
  const film = Buffer.from('\0\0\0\x18ftypmp42 trailer-secret', 'latin1')
  return Buffer.concat([taken.subarray(0, 2), segment, taken.subarray(2), film])
}

/** Sound pictures of kinds that a browser or a printer may stumble over. */
export const oddPhotos: Record<string, () => Promise<Buffer>> = {
  CMYK: () => points(300, 200).toColourspace('cmyk').jpeg().toBuffer(),
  '16 bits': () => points(300, 200).toColourspace('rgb16').png().toBuffer(),
  transparent: () => points(300, 200, 4).png().toBuffer(),
  grey: () => points(300, 200).greyscale().png().toBuffer(),
  interlaced: () => points(300, 200).png({ progressive: true }).toBuffer(),
  WebP: () => points(300, 200).webp().toBuffer(),
  'moving WebP': async () => {
    const frames = [await points(300, 200).png().toBuffer(), await points(300, 200).png().toBuffer()]
    return await sharp(frames, { join: { animated: true } })
      .webp()
      .toBuffer()
  },
  'HDR with a gain map': () => {
    const linear = points(300, 200).pipelineColourspace('scrgb').toColourspace('scrgb')
    // Its types do not know this yet.
    return (linear as unknown as { withGainMap(): typeof linear }).withGainMap().jpeg().toBuffer()
  },
}

export const holds = (file: Buffer, word: string): boolean => file.includes(Buffer.from(word, 'latin1'))

/** The markers of a JPEG up to its points, read byte by byte; throws where it does not end with its own end. */
export function jpegMarkers(file: Buffer): string[] {
  const markers: string[] = []
  let at = 2
  for (; file[at] === 0xff && file[at + 1] !== 0xda; at += 2 + file.readUInt16BE(at + 2))
    markers.push(file[at + 1]!.toString(16))
  const end = file.indexOf(Buffer.from([0xff, 0xd9]), at)
  if (file.readUInt16BE(0) !== 0xffd8 || file[at + 1] !== 0xda || end !== file.length - 2)
    throw new Error('no plain JPEG')
  return markers
}
