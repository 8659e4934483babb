import { createContext, type ReactNode, use, useCallback, useEffect, useRef, useState } from 'react'
import type { Figure, Sentence, Source } from '../../shared/document.ts'

/** A number on a screen: a figure, and beside it what else is known of it. */
export interface Shown extends Figure {
  /** Whose number it is, e.g. a community. */
  about?: string
  /** Numbers that belong to it: the ends of the interval, the answers behind it. */
  beside?: { name: string; text: string }[]
}

/** What the parts of a source are called: the way to the number, and the records it rests on. */
export interface SourceWords {
  path: string[]
  inputs: { text: string; code: string }[]
  /** Where a threshold was taken from. */
  mark?: string
}

const Open = createContext<(figure: Shown) => void>(() => undefined)

const standings: Record<string, string> = {
  withheld: '不足10份答卷，不公开',
  grey: '不足30份答卷，仅供参考',
  flagged: '30–59份答卷，慎用',
}
const marks: Record<string, string> = { grey: '仅供参考', flagged: '慎用' }

/** A number that opens where it comes from. `marked`: how far it may be relied on has just been said. */
export function FigureButton({ figure, marked = false }: { figure: Shown; marked?: boolean }) {
  const open = use(Open)
  const { standing, text } = figure
  return (
    <>
      <button type="button" className={`figure ${standing ?? ''}`} aria-haspopup="dialog" onClick={() => open(figure)}>
        {text}
      </button>
      {!marked && standing && marks[standing] && <span className="standing">（{marks[standing]}）</span>}
    </>
  )
}

/** Words and numbers in the order they are read. */
export function Said({ sentence }: { sentence: Sentence }) {
  return sentence.map((part, i) =>
    typeof part === 'string' ? part : <FigureButton key={i} figure={part} marked={isEndOf(sentence, i)} />,
  )
}

/** Whether the figure at this place is an end of the interval of a share that stands before it. */
function isEndOf(sentence: Sentence, i: number): boolean {
  const above = (part: Sentence[number]) => typeof part === 'object' && part.source.path.slice(0, -1).join('/')
  return sentence.slice(0, i).some((part) => typeof part === 'object' && above(part) === above(sentence[i]))
}

/** Shows the source of any figure inside it, in a panel at the side. */
export function Provenance({ words, children }: { words(source: Source): SourceWords; children: ReactNode }) {
  const [figure, setFigure] = useState<Shown>()
  const dialog = useRef<HTMLDialogElement>(null)
  const open = useCallback((shown: Shown) => setFigure({ ...shown }), [])
  useEffect(() => {
    if (figure && !dialog.current?.open) dialog.current?.showModal()
  }, [figure])
  return (
    <Open value={open}>
      {children}
      {/* biome-ignore lint/a11y/useKeyWithClickEvents: a click beside the panel closes it; Escape does the same for the keyboard */}
      <dialog
        ref={dialog}
        className="side"
        aria-labelledby="provenance"
        // The browser tells of it a moment later: by then the next number may have been opened.
        onClose={() => !dialog.current?.open && setFigure(undefined)}
        onClick={(event) => event.target === dialog.current && dialog.current.close()}
      >
        {figure && <Sheet figure={figure} words={words(figure.source)} close={() => dialog.current?.close()} />}
      </dialog>
    </Open>
  )
}

function Sheet({ figure, words, close }: { figure: Shown; words: SourceWords; close(): void }) {
  const { standing } = figure
  return (
    <>
      <header>
        <h2 id="provenance">这个数从哪里来</h2>
        <button type="button" className="small" onClick={close}>
          关闭
        </button>
      </header>
      {figure.about && <p className="under">{figure.about}</p>}
      <p className="value">{figure.text}</p>
      {standing && <p className="tag warn">{standings[standing]}</p>}
      <dl>
        <dt>是什么</dt>
        <dd>{words.path.join(' › ')}</dd>
        {figure.beside && figure.beside.length > 0 && (
          <>
            <dt>一起看</dt>
            <dd>
              <table className="pairs">
                <tbody>
                  {figure.beside.map(({ name, text }) => (
                    <tr key={name}>
                      <td>{name}</td>
                      <td className="number">{text}</td>
                    </tr>
                  ))}
                </tbody>
              </table>
            </dd>
          </>
        )}
        <dt>依据的记录</dt>
        <dd>
          <ul>
            {words.inputs.map(({ text, code }) => (
              <li key={code}>
                {text} <code>{code}</code>
              </li>
            ))}
          </ul>
        </dd>
        {words.mark && (
          <>
            <dt>指标来源</dt>
            <dd>{words.mark}</dd>
          </>
        )}
        <dt>未取整的数值</dt>
        <dd>{figure.value === null ? '没有（无数据或不公开）' : <code>{figure.value}</code>}</dd>
        <dt>在数据中的位置</dt>
        <dd>
          <code>
            {figure.source.of}/{figure.source.path.join('/')}
          </code>
        </dd>
      </dl>
    </>
  )
}
