import { ConditionRunner, ConditionsParser } from 'survey-core'
import type { Condition, ConditionCompiler, Row } from '../../shared/surveys/condition.ts'
import { plainCondition } from './plain-conditions.ts'

/** Functions that give the same result tomorrow and need nothing but their arguments. */
const steady = new Set(['iif', 'sum', 'min', 'max', 'avg', 'count', 'round', 'trunc', 'substring'])

interface Operand {
  getType: () => string
  functionName?: string
}

interface PathStep {
  name: string
  index?: number
}

/** Compiles a SurveyJS expression once with survey-core's own parser and runner. @throws {Error} saying in Chinese what is wrong with it */
export const compileCondition: ConditionCompiler = (expression) => {
  const parsed = new ConditionsParser().parseExpression(expression)
  if (!parsed) throw new Error('写法不对')
  const operands: Operand[] = []
  parsed.addOperandsToList(operands as never)
  const strange = operands.find(
    ({ getType, functionName }) => getType() === 'function' && !steady.has(functionName ?? ''),
  )
  if (strange) throw new Error(`不能使用函数 ${strange.functionName}`)
  return running(new ConditionRunner(expression), expression)
}

function running(runner: ConditionRunner, expression: string): Condition {
  // One context for every run: a condition is evaluated to its end before the next begins.
  let values: Record<string, unknown> = {}
  let row: Row | undefined
  const context = { getValue: ({ path }: { path: PathStep[] }) => found(path, values, row) }
  const plain = plainCondition(expression)
  const condition = (answers: Record<string, unknown>, around?: Row) => {
    const said = plain?.(answers, around)
    if (said !== undefined) return said
    values = answers
    row = around
    return runner.runContext(context as never)
  }
  return Object.assign(condition, { variables: runner.getVariables() })
}

/** Names were checked at publication, so they are looked up as they stand: only what the answers themselves own is found. */
function found([first, ...rest]: PathStep[], values: Record<string, unknown>, row: Row | undefined) {
  if (!first) return undefined
  if (row !== undefined && rest.length === 0 && (first.name === 'item' || first.name === 'choice'))
    return { isFound: true, value: row.item }
  const start = row?.panel && first.name === 'panel' ? row.panel : indexed(own(values, first.name), first.index)
  const value = rest.reduce((inner, step) => indexed(own(inner, step.name), step.index), start as unknown)
  return value === undefined ? undefined : { isFound: true, value }
}

function own(from: unknown, name: string): unknown {
  if (name === 'length' && (Array.isArray(from) || typeof from === 'string')) return from.length
  return typeof from === 'object' && from !== null && Object.hasOwn(from, name)
    ? (from as Record<string, unknown>)[name]
    : undefined
}

function indexed(value: unknown, index: number | undefined): unknown {
  if (index === undefined) return value
  return Array.isArray(value) ? value.at(index) : undefined
}
