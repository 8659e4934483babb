import { useEffect } from 'react'
import { listDistricts } from '../../shared/places/api.ts'
import { keptCall } from '../api/kept-call.ts'
import { useCall } from '../api/use-call.ts'
import { Waiting } from '../kit/waiting.tsx'
import { NotThere } from './phone-frame.tsx'

/** The way to a district's board. */
export function FindBoard() {
  const seen = useCall(() => keptCall(listDistricts, undefined), '')
  const only = seen.face === 'ready' && seen.data.length === 1 ? seen.data[0]!.code : undefined
  useEffect(() => {
    if (only) location.replace(`/w/${only}`)
  }, [only])
  if (seen.face === 'refused') return <NotThere message={seen.message} />
  return (
    <main className="sheet wishes">
      <h1>微心愿</h1>
      {seen.face === 'waiting' || only ? (
        <Waiting />
      ) : (
        <>
          <p>您在哪个区？</p>
          <div className="choices">
            {seen.data.map(({ code, name }) => (
              <a key={code} className="second" href={`/w/${code}`}>
                {name}
              </a>
            ))}
          </div>
        </>
      )}
    </main>
  )
}
