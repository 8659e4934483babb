import type { Me } from '../../shared/people/api.ts'
import { readOutbox } from '../../shared/people/notices-api.ts'
import type { District } from '../../shared/places/api.ts'
import { useAnswer } from '../api/use-answer.ts'
import { Screen } from '../kit/screen-face.tsx'
import { FailedMessages } from './messages-failed.tsx'
import { Outbox } from './messages-outbox.tsx'
import './people.css'

/** What became of text messages, for those who run the district. */
export default function MessagesPage({ district }: { district: District; me: Me }) {
  const params = { district: district.code }
  return (
    <>
      <h1>短信</h1>
      <FailedMessages params={params} />
      <section aria-label="待发箱">
        <h2>待发箱</h2>
        <Screen seen={useAnswer(readOutbox, params)}>{(outbox) => <Outbox {...outbox} />}</Screen>
      </section>
    </>
  )
}
