import type { AuditLine } from '../../shared/people/audit-api.ts'
import type { Node } from '../../shared/people/roles.ts'
import { changedFields } from './audit-changes.ts'
import { actorNames, subjectWords } from './audit-words.ts'
import { momentWords } from './people-words.ts'
import { deviceWords } from './session-device.ts'

export interface Names {
  people: ReadonlyMap<string, string>
  actions: ReadonlyMap<string, string>
  nameOf(node: Node): string
}

/** Entries of the record, each in words; what was and what became unfolds. */
export function AuditList({ entries, names }: { entries: AuditLine[]; names: Names }) {
  return (
    <ol className="audit">
      {entries.map((entry) => (
        <li key={entry.seq}>
          <Entry entry={entry} names={names} />
        </li>
      ))}
    </ol>
  )
}

function Entry({ entry, names }: { entry: AuditLine; names: Names }) {
  const { seq, at, actor, action, subject, purpose } = entry
  return (
    <>
      <time dateTime={at}>{momentWords(at)}</time>
      <p className="what">
        <b>{names.people.get(actor) ?? actorNames[actor] ?? '不在人员名单里的账号'}</b>{' '}
        {names.actions.get(action) ?? action}
        <span className="sub">
          第{seq}条 · {subjectWords(subject, names.people)}
          {purpose && ` · 用途：${purpose}`}
        </span>
      </p>
      <Details entry={entry} nameOf={names.nameOf} />
    </>
  )
}

interface DetailsProps {
  entry: AuditLine
  nameOf: Names['nameOf']
}

function Details({ entry: { actor, action, subject, before, after, from }, nameOf }: DetailsProps) {
  const fields = changedFields(before, after, nameOf)
  return (
    <details>
      <summary>{fields.length > 0 ? '变更和来源' : '来源'}</summary>
      {fields.length > 0 && (
        <table className="plain">
          <thead>
            <tr>
              <th scope="col">项目</th>
              <th scope="col">原来</th>
              <th scope="col">现在</th>
            </tr>
          </thead>
          <tbody>
            {fields.map(({ field, before, after }) => (
              <tr key={field}>
                <th scope="row">{field}</th>
                <td>{before || '—'}</td>
                <td>{after || '—'}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      <p className="sub">
        来自 {fromWords(from)}
        <br />
        记作 {action} · {subject} · {actor}
      </p>
    </details>
  )
}

/** Address and device, as the audit writes them one behind the other. */
function fromWords(from: string | null): string {
  const [address = '', ...device] = (from ?? '').split(' ')
  return address ? `${address}，${deviceWords(device.join(' '))}` : '不详'
}
