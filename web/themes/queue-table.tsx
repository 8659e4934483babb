import type { TableColumnsType } from 'antd'
import { Button, Table } from 'antd'
import type { OpenAnswer } from '../../shared/themes/api.ts'
import type { Keys, KeyWork } from './use-keys.ts'
import type { Queue } from './use-queue.ts'
import { confirmedIn, keyOf, stateNames, suggestedIn } from './words.ts'

interface Props {
  queue: Queue
  keys: Keys
  work: KeyWork
  nameOf(code: string): string
  placeOf(code: string): string
  questionOf(name: string): string
  nothing: string
}

/** Open answers with what is suggested for each; the whole of it can be worked through by keyboard. */
export function QueueTable({ queue, keys, work, nameOf, placeOf, questionOf, nothing }: Props) {
  const { answers, more, loading } = queue
  return (
    <section ref={keys.frame} aria-label="开放意见列表" onKeyDown={keys.onKeyDown}>
      <Table<OpenAnswer>
        className="open-answers"
        columns={columnsOf({ nameOf, placeOf, questionOf, work })}
        dataSource={answers}
        rowKey={keyOf}
        size="small"
        bordered
        tableLayout="fixed"
        pagination={false}
        loading={loading && answers.length === 0}
        rowSelection={{
          selectedRowKeys: [...keys.ticked],
          onChange: (chosen) => keys.tick(chosen.map(String)),
          columnWidth: 40,
          getCheckboxProps: ({ text }) => ({ 'aria-label': `勾选：${text.slice(0, 20)}`, tabIndex: -1 }),
        }}
        onRow={(answer) => ({
          tabIndex: keyOf(answer) === keys.active ? 0 : -1,
          className: `${answer.state}${keyOf(answer) === keys.active ? ' active' : ''}`,
          onFocus: () => keys.setActive(keyOf(answer)),
        })}
        locale={{ emptyText: <p>{nothing}</p> }}
      />
      {more && (
        <div className="actions">
          <Button onClick={queue.load} loading={loading}>
            再显示一些
          </Button>
        </div>
      )}
    </section>
  )
}

type Cells = Pick<Props, 'nameOf' | 'placeOf' | 'questionOf' | 'work'>

function columnsOf({ nameOf, placeOf, questionOf, work }: Cells): TableColumnsType<OpenAnswer> {
  return [
    {
      title: '居民的话',
      key: 'text',
      render: (_, answer) => (
        <>
          <span className="said">{answer.text}</span>
          <span className="sub">
            {placeOf(answer.community)} · {questionOf(answer.question)}
          </span>
        </>
      ),
    },
    {
      title: '主题',
      key: 'codes',
      width: '34%',
      render: (_, answer) => <Codes {...{ answer, nameOf, work }} />,
    },
    {
      title: '状态',
      key: 'state',
      width: 170,
      responsive: ['md'],
      render: (_, answer) => (
        <>
          <span className={answer.state === 'confirmed' ? 'tag' : 'tag quiet'}>{stateNames[answer.state]}</span>
          {confirmedIn(answer).length > 0 && (
            <Button type="link" size="small" tabIndex={-1} onClick={() => work.quote(answer)}>
              选作原话
            </Button>
          )}
        </>
      ),
    },
  ]
}

function Codes({ answer, nameOf, work }: { answer: OpenAnswer } & Pick<Cells, 'nameOf' | 'work'>) {
  const suggested = suggestedIn(answer)
  const confirmed = confirmedIn(answer)
  if (suggested.length + confirmed.length === 0)
    return <span className="sub">{answer.state === 'set_aside' ? '已否定' : '没有建议，可用上面的“归入主题”'}</span>
  return (
    <span className="codes">
      {confirmed.map((code) => (
        <span key={code} className="tag">
          ✓ {nameOf(code)}
        </span>
      ))}
      {suggested.map((code, at) => (
        <Button key={code} size="small" tabIndex={-1} onClick={() => void work.confirm([answer], [code])}>
          <span aria-hidden="true" className="key">
            {at + 1}
          </span>
          {nameOf(code)}
        </Button>
      ))}
    </span>
  )
}
