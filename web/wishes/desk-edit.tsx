import { Button, Input } from 'antd'
import type { TextAreaRef } from 'antd/es/input/TextArea'
import { type KeyboardEvent, useId, useRef, useState } from 'react'
import { MOST_WISH_LENGTH } from '../../shared/wishes/kinds.ts'

interface Props {
  text: string
  save(text: string): void
  cancel(): void
}

/** Changes the words that will be public; the wisher's own are kept beside them. */
export function TextEdit({ text, save, cancel }: Props) {
  const [words, setWords] = useState(text)
  const area = useRef<TextAreaRef>(null)
  const id = useId()
  const length = [...words].length
  const isRight = words.trim() !== '' && length <= MOST_WISH_LENGTH
  const maskSelected = (mask: (selected: string) => string) => {
    const field = area.current?.resizableTextArea?.textArea
    if (!field || field.selectionStart === field.selectionEnd) return
    const { selectionStart: from, selectionEnd: to } = field
    setWords(words.slice(0, from) + mask(words.slice(from, to)) + words.slice(to))
    field.focus()
  }
  const leave = (event: KeyboardEvent) => {
    if (event.key === 'Escape') cancel()
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey) && isRight) save(words.trim())
  }
  return (
    <div className="wish-asks">
      <div className="labelled">
        <label htmlFor={id}>公开的文字（许愿人的原话另外保存）</label>
        <Input.TextArea
          ref={area}
          id={id}
          className="grows"
          autoFocus
          rows={3}
          maxLength={400}
          value={words}
          onKeyDown={leave}
          onChange={({ target }) => setWords(target.value)}
        />
      </div>
      <p className={length > MOST_WISH_LENGTH ? 'wish-over' : 'under'}>
        {length}/{MOST_WISH_LENGTH} 字；选中几个字，可以一下遮去：
        <button type="button" className="link" onClick={() => maskSelected(() => '某某')}>
          换成“某某”
        </button>{' '}
        <button type="button" className="link" onClick={() => maskSelected((one) => '＊'.repeat([...one].length))}>
          换成“＊”
        </button>
      </p>
      <div className="actions">
        <Button type="primary" disabled={!isRight} onClick={() => save(words.trim())}>
          改好了
        </Button>
        <Button onClick={cancel}>取消</Button>
      </div>
    </div>
  )
}
