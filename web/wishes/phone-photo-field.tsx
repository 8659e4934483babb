import { type ChangeEvent, useEffect, useId, useState } from 'react'
import { Fault } from './phone-picks.tsx'
import { dataOf, smallPhoto } from './phone-small-photo.ts'

interface Props {
  photo: Blob | undefined
  choose(photo: Blob | undefined): void
}

/** One photo, shown small; it can be taken away again. */
export function PhotoField({ photo, choose }: Props) {
  const id = useId()
  const [fault, setFault] = useState<string>()
  const shown = useShown(photo)
  const take = async ({ target }: ChangeEvent<HTMLInputElement>) => {
    const file = target.files?.[0]
    target.value = ''
    if (!file) return
    const small = await smallPhoto(file)
    setFault(small ? undefined : '这个文件打不开，不像是照片；请换一张，或者截个屏再选（JPG、PNG、WebP）。')
    if (small) choose(small)
  }
  return (
    <div className="field">
      {photo ? (
        <>
          <p className="as-label">照片</p>
          {shown && <img className="thumb" src={shown} alt="您选的照片" />}
          <button type="button" className="second" onClick={() => choose(undefined)}>
            不要这张照片
          </button>
        </>
      ) : (
        <>
          <label htmlFor={id}>配一张照片（可以不配）</label>
          <input
            id={id}
            type="file"
            accept="image/jpeg,image/png,image/webp"
            aria-describedby={`${id}-fault`}
            onChange={(event) => void take(event)}
          />
        </>
      )}
      <Fault id={`${id}-fault`} text={fault} />
    </div>
  )
}

function useShown(photo: Blob | undefined): string | undefined {
  const [shown, setShown] = useState<string>()
  useEffect(() => {
    let isHere = true
    setShown(undefined)
    if (photo) void dataOf(photo).then((data) => isHere && setShown(data))
    return () => {
      isHere = false
    }
  }, [photo])
  return shown
}
