import { Button } from 'antd'
import { useState } from 'react'
import { type DraftRead, readDraft } from '../../shared/surveys/drafts-api.ts'
import { entriesOf } from '../../shared/surveys/edit.ts'
import { call, reasonOf } from '../api/call.ts'
import { useDesk } from './edit-context.ts'
import { saveDefinition } from './edit-json.ts'
import { textOfDraft } from './edit-state.ts'

interface Props {
  params: { district: string; survey: string }
  /** What the server says: who, and when. */
  message: string
  settled(): void
}

/** Somebody else has saved meanwhile: their questions can be looked at before anything of either is given up. */
export function Conflict({ params, message, settled }: Props) {
  const { state, act } = useDesk()
  const [theirs, setTheirs] = useState<DraftRead>()
  const [refused, setRefused] = useState('')
  const look = () => call(readDraft, params).then(setTheirs, (error: unknown) => setRefused(reasonOf(error).message))
  const take = (which: 'theirs' | 'ours') => {
    if (!theirs) return
    act({ do: which, draft: theirs })
    settled()
  }
  return (
    <section className="panel edit-conflict" role="alert">
      <p>{message}</p>
      {refused && <p className="refusal">{refused}</p>}
      {theirs && <Differences theirs={theirs} />}
      <div className="actions">
        {!theirs && <Button onClick={look}>看看对方改了什么</Button>}
        {theirs && <Button onClick={() => take('theirs')}>用对方的，放下我的</Button>}
        {theirs && <Button onClick={() => take('ours')}>留下我的，再保存一次</Button>}
        <Button onClick={() => saveDefinition(`${state.now.title}（我的）`, state.now.definition)}>
          把我的另存为文件
        </Button>
      </div>
      {theirs && <p className="under">选“用对方的”之后点“撤销”，还能回到您自己的。</p>}
    </section>
  )
}

/** Which questions stand differently in theirs than in ours. */
function Differences({ theirs }: { theirs: DraftRead }) {
  const { definition } = useDesk()
  const [own, other] = [definition, textOfDraft(theirs).definition].map(
    (one) => new Map(entriesOf(one).map(({ name, title, json }) => [name, { title, text: JSON.stringify(json) }])),
  )
  const added = [...other!].filter(([name]) => !own!.has(name)).map(([, { title }]) => title)
  const gone = [...own!].filter(([name]) => !other!.has(name)).map(([, { title }]) => title)
  const changed = [...other!].filter(([name, { text }]) => own!.has(name) && own!.get(name)?.text !== text)
  const lines: [string, string[]][] = [
    ['对方有、您没有的题', added],
    ['您有、对方没有的题', gone],
    ['两边不一样的题', changed.map(([, { title }]) => title)],
  ]
  const shown = lines.filter(([, titles]) => titles.length > 0)
  if (shown.length === 0) return <p>题目都一样，不同的是名称、说明或先后。</p>
  return (
    <ul>
      {shown.map(([label, titles]) => (
        <li key={label}>
          {label}：{titles.map((title) => `“${title}”`).join('、')}
        </li>
      ))}
    </ul>
  )
}
