import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { join, posix } from 'node:path'
import { fileURLToPath } from 'node:url'
import ts from 'typescript'

export const root = fileURLToPath(new URL('../..', import.meta.url))

/** One file naming another. `to` is a path from the root of the repository, the name of a package, or undefined where it is only known when run. */
export interface Import {
  from: string
  to: string | undefined
  line: number
}

/** All files of the rooms that hold code, as paths from the root. */
export function sourceFiles(): string[] {
  const rooms = ['server', 'web', 'shared', 'migrations', 'tests'].filter((room) => existsSync(join(root, room)))
  return rooms.flatMap(filesIn).filter((file) => /\.(ts|tsx|mts|mjs|js)$/.test(file) && !file.endsWith('.d.ts'))
}

function filesIn(folder: string): string[] {
  return readdirSync(join(root, folder)).flatMap((name) => {
    const path = `${folder}/${name}`
    if (name === 'node_modules' || name === 'dist') return []
    return statSync(join(root, path)).isDirectory() ? filesIn(path) : [path]
  })
}

/** Everything that a file imports: import and export declarations, types, import(), require(), and threads named by new URL(…, import.meta.url). */
export function importsOf(from: string, text = readFileSync(join(root, from), 'utf8')): Import[] {
  const source = ts.createSourceFile(from, text, ts.ScriptTarget.Latest, true)
  const found: Import[] = []
  const visit = (node: ts.Node): void => {
    const named = moduleNamed(node)
    if (named) {
      const line = source.getLineAndCharacterOfPosition(node.getStart()).line + 1
      found.push({ from, to: resolved(from, named), line })
    }
    ts.forEachChild(node, visit)
  }
  visit(source)
  return found
}

/** The expression that names a module in this node, where it does. */
function moduleNamed(node: ts.Node): ts.Node | undefined {
  if (ts.isImportDeclaration(node) || ts.isExportDeclaration(node)) return node.moduleSpecifier
  if (ts.isImportTypeNode(node)) return node.argument
  if (ts.isImportEqualsDeclaration(node) && ts.isExternalModuleReference(node.moduleReference))
    return node.moduleReference.expression
  if (ts.isCallExpression(node)) {
    const loads = node.expression.kind === ts.SyntaxKind.ImportKeyword || node.expression.getText() === 'require'
    return loads ? node.arguments[0] : undefined
  }
  const [path, base] = ts.isNewExpression(node) && node.expression.getText() === 'URL' ? (node.arguments ?? []) : []
  const isCode = path && ts.isStringLiteralLike(path) && /\.(ts|tsx|mts|mjs|js)$/.test(path.text)
  return isCode && base?.getText() === 'import.meta.url' ? path : undefined
}

function resolved(from: string, named: ts.Node): string | undefined {
  const literal = ts.isLiteralTypeNode(named) ? named.literal : named
  if (!ts.isStringLiteralLike(literal)) return undefined
  if (!literal.text.startsWith('.')) return literal.text
  return posix.join(posix.dirname(from), literal.text.replace(/\?\w+$/, ''))
}
