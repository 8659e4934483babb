import { Button, Checkbox, Input, Radio } from 'antd'
import type { RoomStatement } from '../../shared/deliberations/room.ts'
import { currentItem, type Draft } from './desk-ask-draft.ts'
import { useDesk } from './desk-here.ts'

interface Props {
  draft: Draft
  set(part: Partial<Draft>): void
}

/** On what people vote: statements on the wall, or options of its own. */
export function OptionFields({ draft, set }: Props) {
  const writes = draft.kind !== 'opinion' && draft.from === 'lines'
  return (
    <>
      {draft.kind !== 'opinion' && (
        <Radio.Group
          aria-label="选项从哪里来"
          value={draft.from}
          onChange={({ target }) => set({ from: target.value })}
          options={[
            { value: 'statements', label: '从已上墙的意见里选' },
            { value: 'lines', label: '自己写' },
          ]}
        />
      )}
      {writes ? (
        <Input.TextArea
          aria-label="选项，一行一个"
          placeholder="选项，一行一个"
          rows={5}
          value={draft.lines}
          onChange={({ target }) => set({ lines: target.value })}
        />
      ) : (
        <ChooseStatements {...{ draft, set }} />
      )}
    </>
  )
}

function ChooseStatements({ draft: { chosen }, set }: Props) {
  const { room } = useDesk()
  const { statements } = room
  const item = currentItem(room)
  const choose = (those: RoomStatement[]) => set({ chosen: those.map(({ id }) => id) })
  if (statements.length === 0) return <p className="under">还没有上墙的意见，先记下或审核几条。</p>
  return (
    <fieldset className="choose-statements">
      <legend>
        哪些意见（选了 {statements.filter(({ id }) => chosen.includes(id)).length} 条，共 {statements.length} 条）
      </legend>
      <div className="statement-actions">
        <Button size="small" onClick={() => choose(statements)}>
          全部
        </Button>
        {item && (
          <Button size="small" onClick={() => choose(statements.filter((each) => each.item === item.id))}>
            只要“{item.title}”的
          </Button>
        )}
        <Button size="small" onClick={() => choose([])}>
          都不选
        </Button>
      </div>
      <Checkbox.Group
        value={chosen}
        onChange={(ids) => set({ chosen: ids.map(String) })}
        options={statements.map(({ id, number, text }) => ({ value: id, label: `${number} ${text}` }))}
      />
    </fieldset>
  )
}
