import { useState } from 'react'
import { compareTwoVersions, type VersionListed } from '../../shared/surveys/versions-api.ts'
import { useAnswer } from '../api/use-answer.ts'
import { Screen } from '../kit/screen-face.tsx'
import { QuestionsCompared } from './questions-compared.tsx'

interface Props {
  params: { district: string; survey: string }
  versions: VersionListed[]
}

/** Any two versions beside one another. */
export function VersionsCompared({ params, versions }: Props) {
  const numbers = versions.map(({ version }) => version)
  const [pair, setPair] = useState({ from: numbers.at(-2) ?? 0, to: numbers.at(-1) ?? 0 })
  const wanted = pair.from < pair.to
  const seen = useAnswer(compareTwoVersions, params, { from: String(pair.from), to: String(pair.to) }, wanted)
  const picker = (key: 'from' | 'to', label: string) => (
    <label>
      {label}
      <select value={pair[key]} onChange={({ target }) => setPair({ ...pair, [key]: Number(target.value) })}>
        {versions.map(({ version, round }) => (
          <option key={version} value={version}>
            第{version}版（第{round}轮）
          </option>
        ))}
      </select>
    </label>
  )
  return (
    <>
      <div className="filters">
        {picker('from', '较早的版本')}
        {picker('to', '较晚的版本')}
      </div>
      {wanted ? (
        <Screen seen={seen}>
          {({ questions, why, mapping }) => (
            <>
              <Counting why={why} {...pair} />
              {mapping === null && <p className="note">发布时没有写明题目的对应关系，下表按题目编号和文字对照。</p>}
              <QuestionsCompared questions={questions} caption={`第${pair.from}版与第${pair.to}版逐题对照`} />
            </>
          )}
        </Screen>
      ) : (
        <p>请选两个不同的版本，较早的在前。</p>
      )}
    </>
  )
}

function Counting({ why, from, to }: { why: string[]; from: number; to: number }) {
  if (why.length === 0)
    return (
      <p>
        第{from}版的答卷一并计入第{to}版的数字。
      </p>
    )
  return (
    <div className="panel">
      <p>
        第{from}版的答卷不计入第{to}版的数字：
      </p>
      <ul>
        {why.map((each) => (
          <li key={each}>{each}</li>
        ))}
      </ul>
    </div>
  )
}
