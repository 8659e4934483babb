import { type Cell, type Document, type Figure, partsOf, type Table } from '../../../shared/document.ts'

const figuresIn = (cells: Cell[]): Figure[] => cells.flatMap(partsOf).filter((part) => typeof part !== 'string')
const figuresInTable = (table?: Table): Figure[] => figuresIn(table?.rows.flat() ?? [])

/** Every figure of a document, in the order of reading. */
export function figuresOf(document: Document): Figure[] {
  return document.blocks.flatMap((block) => {
    const note = figuresIn('note' in block && block.note ? [block.note] : [])
    if (block.kind === 'paragraph') return figuresIn([block.text])
    if (block.kind === 'list') return figuresIn(block.items)
    if (block.kind === 'table') return [...figuresInTable(block), ...note]
    return block.kind === 'chart' ? [...figuresInTable(block.table), ...note] : note
  })
}

/** The figure at this place of the facts. @throws {Error} where the document prints none. */
export function figureAt(document: Document, of: Figure['source']['of'], ...path: (string | number)[]): Figure {
  const found = figuresOf(document).find(
    ({ source }) => source.of === of && JSON.stringify(source.path) === JSON.stringify(path),
  )
  if (!found) throw new Error(`no figure ${of}/${path.join('/')}`)
  return found
}
