import { readOwnPhoto } from '../../shared/wishes/api.ts'
import { request } from '../api/call.ts'
import { useCall } from '../api/use-call.ts'
import { dataOf } from './phone-small-photo.ts'
import { ticketFor } from './ticket.ts'

interface Props {
  district: string
  wish: string
  photos: string[]
  what: string
}

/** Photos that only whoever wished may see: asked for with the ticket of this device. */
export function OwnPhotos({ district, wish, photos, what }: Props) {
  return (
    <div className="photos">
      {photos.map((photo, place) => (
        <OwnPhoto
          key={photo}
          {...{ district, wish, photo }}
          what={photos.length > 1 ? `${what}（第 ${place + 1} 张）` : what}
        />
      ))}
    </div>
  )
}

interface One {
  district: string
  wish: string
  photo: string
  what: string
}

function OwnPhoto({ district, wish, photo, what }: One) {
  const read = async () => {
    const answer = await request(readOwnPhoto, { district, wish, photo }, { body: { ticket: ticketFor(district) } })
    return await dataOf(await answer.blob())
  }
  const seen = useCall(read, photo)
  if (seen.face === 'ready') return <img src={seen.data} alt={what} />
  return <p className="small">{seen.face === 'waiting' ? '正在读照片……' : seen.message}</p>
}
