import { type BoardWish, readPhoto, readWish, readWishPlaces } from '../../shared/wishes/api.ts'
import { addressOf, call } from '../api/call.ts'
import { inTime, keptCall } from '../api/kept-call.ts'
import { useCall } from '../api/use-call.ts'
import { Refusal } from '../kit/refusal.tsx'
import { Waiting } from '../kit/waiting.tsx'
import { nearest } from './map-points.ts'
import { Frame, TryAgain } from './phone-frame.tsx'
import { PlainMap } from './phone-map.tsx'
import { Support } from './phone-support.tsx'
import { nearWords } from './phone-where.tsx'
import { WishFacts } from './phone-wish-card.tsx'

const isId = (text: string): boolean => /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(text)

/** One wish on the board. */
export function WishPage({ district, id }: { district: string; id: string }) {
  if (!isId(id)) return <Absent district={district} message="这个网址不对，请回到心愿墙再找。" />
  return <KnownWish district={district} id={id} />
}

function KnownWish({ district, id }: { district: string; id: string }) {
  const seen = useCall(
    () => inTime((signal) => call(readWish, { district, wish: id }, { signal })),
    `${district}/${id}`,
  )
  if (seen.face === 'refused') return <Absent district={district} message={seen.message} again />
  return (
    <Frame district={district} title={seen.face === 'ready' ? `第 ${seen.data.number} 号心愿` : '心愿'}>
      {seen.face === 'waiting' ? <Waiting /> : <Shown district={district} wish={seen.data} />}
    </Frame>
  )
}

function Absent({ district, message, again }: { district: string; message: string; again?: boolean }) {
  return (
    <Frame district={district} title="心愿">
      <Refusal message={message} />
      {again && <TryAgain />}
    </Frame>
  )
}

function Shown({ district, wish }: { district: string; wish: BoardWish }) {
  const { photo } = wish
  return (
    <>
      <div className="card">
        <p className="loud">{wish.text}</p>
        <WishFacts wish={wish} />
      </div>
      {photo && (
        <img
          className="photo"
          src={addressOf(readPhoto, { district, wish: wish.id, photo })}
          alt="许愿人配的照片"
          loading="lazy"
        />
      )}
      <OnMap district={district} wish={wish} />
      <Support district={district} wish={wish} />
      {wish.state === 'open' && (
        <p className="small">
          共建单位想办这个心愿？<a href={`/desk/board?wish=${wish.id}`}>登录后认领</a>
        </p>
      )}
    </>
  )
}

/** Nobody misses the map where it does not arrive. */
function OnMap({ district, wish: { community, where } }: { district: string; wish: BoardWish }) {
  const point = where?.point ?? undefined
  const seen = useCall(
    async () => (point ? (await keptCall(readWishPlaces, { district }, { community })).compounds : []),
    community,
  )
  if (!point || seen.face !== 'ready') return null
  return (
    <>
      {!where?.words && <p>位置：{nearWords(nearest(point, seen.data))}</p>}
      <PlainMap compounds={seen.data} point={point} />
    </>
  )
}
