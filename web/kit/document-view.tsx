import { type Block, type Cell, type Column, type Document, partsOf, type Table } from '../../shared/document.ts'
import { ChartFigure } from './chart-figure.tsx'
import { Said } from './figure.tsx'
import { Scroll } from './scroll.tsx'

/** A document as it will be printed, with every number open to its source. */
export function DocumentView({ document }: { document: Document }) {
  const [year, month, day] = document.date.split('-').map(Number)
  return (
    <article className="paper">
      <header className="title">
        <h1>{document.title}</h1>
        {document.subtitle && <p>{document.subtitle}</p>}
        <p className="under">
          {document.issuer} · {year}年{month}月{day}日
        </p>
        {document.mark && <p className="mark">{document.mark}</p>}
      </header>
      {document.blocks.map((block, i) => (
        <Part key={i} block={block} />
      ))}
    </article>
  )
}

const Heading = { 1: 'h2', 2: 'h3', 3: 'h4' } as const

function Part({ block }: { block: Block }) {
  if (block.kind === 'heading') {
    const Level = Heading[block.level]
    return <Level>{block.text}</Level>
  }
  if (block.kind === 'paragraph') {
    return (
      <p className="text">
        <Said sentence={block.text} />
      </p>
    )
  }
  if (block.kind === 'list') {
    return (
      <ul>
        {block.items.map((item, i) => (
          <li key={i}>
            <Said sentence={item} />
          </li>
        ))}
      </ul>
    )
  }
  const note = block.note && <Said sentence={block.note} />
  if (block.kind === 'chart') {
    const table = block.table && <DocumentTable caption={block.caption} table={block.table} />
    return <ChartFigure caption={block.caption} chart={block.chart} note={note} table={table} />
  }
  return (
    <figure className="table">
      <figcaption>{block.caption}</figcaption>
      <Scroll label={block.caption}>
        <DocumentTable caption={block.caption} table={block} />
      </Scroll>
      {note && <p className="note">{note}</p>}
    </figure>
  )
}

const classes: Record<string, string | undefined> = { right: 'number', centre: 'centre' }

function DocumentTable({ caption, table: { columns, rows } }: { caption: string; table: Table }) {
  return (
    <table className="plain">
      <caption className="unseen">{caption}</caption>
      <thead>
        <tr>
          {columns.map((column, i) => (
            <th key={i} scope="col" className={classes[column.align ?? '']}>
              {column.title}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map((row, i) => (
          <tr key={i}>
            {row.map((cell, j) => (
              <DocumentCell key={j} cell={cell} column={columns[j]} first={j === 0} />
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  )
}

function DocumentCell({ cell, column, first }: { cell: Cell; column?: Column; first: boolean }) {
  const said = <Said sentence={partsOf(cell)} />
  const className = classes[column?.align ?? '']
  return first && typeof cell === 'string' ? (
    <th scope="row" className={className}>
      {said}
    </th>
  ) : (
    <td className={className}>{said}</td>
  )
}
