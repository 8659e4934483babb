import { listDocuments, readDocument } from '../../shared/deliberations/api.ts'
import { addressOf } from '../api/call.ts'
import { keptCall } from '../api/kept-call.ts'
import { useCall } from '../api/use-call.ts'
import type { RoomAddress } from './visits.ts'

/** Papers to read. Nobody misses them where they do not arrive. */
export function Documents({ at: { district, deliberation }, heading }: { at: RoomAddress; heading: string }) {
  const seen = useCall(() => keptCall(listDocuments, { district, deliberation }), deliberation)
  if (seen.face !== 'ready' || seen.data.length === 0) return null
  return (
    <section>
      <h2>{heading}</h2>
      <div className="choices">
        {seen.data.map(({ id, name, sizeBytes }) => (
          <a
            key={id}
            className="second"
            href={addressOf(readDocument, { district, deliberation, document: id })}
            target="_blank"
            rel="noreferrer"
          >
            {name}（{sizeWords(sizeBytes)}）
          </a>
        ))}
      </div>
    </section>
  )
}

const sizeWords = (bytes: number): string =>
  bytes < 1_000_000 ? `${Math.max(1, Math.round(bytes / 1000))} KB` : `${(bytes / 1_000_000).toFixed(1)} MB`
