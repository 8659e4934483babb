import { type ChangeEvent, useState } from 'react'
import { MOST_EVIDENCE, MOST_PHOTO_MB } from '../../shared/wishes/kinds.ts'
import { Refusal } from '../kit/refusal.tsx'
import { type Photo, shrunk } from './sponsor-shrink.ts'

const MOST_BYTES = MOST_PHOTO_MB * 1024 * 1024

interface Props {
  photos: Photo[]
  change(photos: Photo[]): void
  isBusy: boolean
}

/** Chooses 1–9 photos, with a small picture of each; several at once or one after another. */
export function PhotoField({ photos, change, isBusy }: Props) {
  const [said, setSaid] = useState<string[]>([])
  const [isReading, setReading] = useState(false)
  const add = async ({ target }: ChangeEvent<HTMLInputElement>) => {
    const chosen = [...(target.files ?? [])]
    target.value = ''
    const room = MOST_EVIDENCE - photos.length
    setReading(true)
    const read: Photo[] = []
    // One after another: a phone has no memory for nine at once.
    for (const file of chosen.slice(0, room)) read.push(await shrunk(file))
    setReading(false)
    const large = read.filter(({ file }) => file.size > MOST_BYTES)
    setSaid([
      ...(chosen.length > room ? [`最多 ${MOST_EVIDENCE} 张，多出来的 ${chosen.length - room} 张没有加上。`] : []),
      ...large.map(({ name }) => `“${name}”太大了（一张最大 ${MOST_PHOTO_MB} MB），没有加上，请缩小后再选。`),
    ])
    change([...photos, ...read.filter((photo) => !large.includes(photo))])
  }
  const isFull = photos.length >= MOST_EVIDENCE
  return (
    <fieldset className="photo-field">
      <legend>
        照片（1–{MOST_EVIDENCE} 张，已选 {photos.length} 张）
      </legend>
      <p className="under">请拍办好的样子，尽量不拍到人脸和门牌；拍摄地点等信息会自动去掉。</p>
      <ul className="photo-list">
        {photos.map(({ name, preview }, at) => (
          <li key={`${name} ${at}`}>
            {preview ? (
              <img src={preview} alt={`第 ${at + 1} 张：${name}`} />
            ) : (
              <span className="no-preview">
                {name}
                <small>这里打不开，可能交不上</small>
              </span>
            )}
            <button
              type="button"
              className="small"
              aria-label={`去掉第 ${at + 1} 张`}
              disabled={isBusy}
              onClick={() => change(photos.filter((_, other) => other !== at))}
            >
              去掉
            </button>
          </li>
        ))}
      </ul>
      {said.map((message) => (
        <Refusal key={message} message={message} />
      ))}
      {!isFull && (
        <label className="small photo-add">
          {isReading ? '正在读取……' : photos.length > 0 ? '再加几张' : '选照片或拍照'}
          <input
            type="file"
            accept="image/*"
            multiple
            className="unseen"
            disabled={isBusy || isReading}
            onChange={(event) => void add(event)}
          />
        </label>
      )}
    </fieldset>
  )
}
