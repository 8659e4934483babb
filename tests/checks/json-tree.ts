/** JSON as it will be written: it can say what a JavaScript value cannot, such as 1e400000 or the same key twice. */
export type Tree =
  | { kind: 'object'; entries: [string, Tree][] }
  | { kind: 'array'; items: Tree[] }
  | { kind: 'text'; text: string }

export function treeOf(value: unknown): Tree {
  if (Array.isArray(value)) return { kind: 'array', items: value.map(treeOf) }
  if (typeof value !== 'object' || value === null) return { kind: 'text', text: JSON.stringify(value) ?? 'null' }
  return { kind: 'object', entries: Object.entries(value).map(([key, inner]) => [JSON.stringify(key), treeOf(inner)]) }
}

export function written(tree: Tree): string {
  if (tree.kind === 'text') return tree.text
  if (tree.kind === 'array') return `[${tree.items.map(written).join(',')}]`
  return `{${tree.entries.map(([key, inner]) => `${key}:${written(inner)}`).join(',')}}`
}

/** One place in a document, where something can be put, left out or said twice. */
interface Place {
  node: Tree
  put(node: Tree): void
  remove(): void
  repeat(node: Tree): void
}

/** What is done to one place. `key` and `text` are JSON already. */
export type Mutation =
  | { how: 'put'; text: string }
  | { how: 'drop' }
  | { how: 'add'; key: string; text: string }
  | { how: 'repeat'; text: string }
  | { how: 'wrap' }
  | { how: 'quote' }

/** The document with changes, each at the place with this number; numbers go round. */
export function mutated(value: unknown, changes: { where: number; mutation: Mutation }[]): string {
  const root = { tree: treeOf(value) }
  for (const { where, mutation } of changes) {
    const places = placesOf(root)
    change(places[where % places.length] as Place, mutation)
  }
  return written(root.tree)
}

function placesOf(root: { tree: Tree }): Place[] {
  const put = (tree: Tree) => {
    root.tree = tree
  }
  const found: Place[] = [{ node: root.tree, put, remove: () => put({ kind: 'text', text: '' }), repeat: put }]
  for (const { node } of found) found.push(...inside(node))
  return found
}

function inside(node: Tree): Place[] {
  if (node.kind === 'array') {
    return node.items.map((item, index) => ({
      node: item,
      put: (tree) => void node.items.splice(index, 1, tree),
      remove: () => void node.items.splice(index, 1),
      repeat: (tree) => void node.items.splice(index, 0, tree),
    }))
  }
  if (node.kind === 'text') return []
  return node.entries.map(([key, inner], index) => ({
    node: inner,
    put: (tree) => void node.entries.splice(index, 1, [key, tree]),
    remove: () => void node.entries.splice(index, 1),
    repeat: (tree) => void node.entries.push([key, tree]),
  }))
}

function change(place: Place, mutation: Mutation): void {
  const { node } = place
  const text = (words: string): Tree => ({ kind: 'text', text: words })
  if (mutation.how === 'put') place.put(text(mutation.text))
  else if (mutation.how === 'drop') place.remove()
  else if (mutation.how === 'repeat') place.repeat(text(mutation.text))
  else if (mutation.how === 'wrap') place.put({ kind: 'array', items: [node] })
  else if (mutation.how === 'quote') place.put(text(JSON.stringify(written(node))))
  else if (node.kind === 'object') node.entries.push([mutation.key, text(mutation.text)])
  else place.put({ kind: 'object', entries: [[mutation.key, text(mutation.text)]] })
}
