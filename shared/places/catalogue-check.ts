import type { Detail } from '../problem.ts'
import { type Catalogue, type FunctionSpec, groups } from './api.ts'

/** What is wrong with a catalogue beyond the types of its fields; empty when it can be used. */
export function catalogueFaults({ services, rules }: Catalogue): Detail[] {
  const functions = services.flatMap((service) => service.functions)
  return [
    ...twice('services', '服务代码', services),
    ...twice('functions', '功能代码', functions),
    ...twice('rules', '规则代码', rules),
    ...services.flatMap((service) => [
      ...(service.zh.trim() ? [] : [fault(service.code, 'name', '服务名称不能为空，请填写。')]),
      ...service.for
        .filter((group) => group !== 'all' && !(groups as readonly string[]).includes(group))
        .map((group) => {
          return fault(service.code, 'for', `没有“${group}”这个人群，可填：all、${groups.join('、')}。`)
        }),
    ]),
    ...functions.flatMap((each) => functionFaults(each, functions)),
    ...rules.filter((rule) => !rule.mark.trim()).map((rule) => fault(rule.code, 'mark', noMark)),
  ]
}

const noMark = '指标的来源标注不能为空：请写明依据，没有核实的写 unverified。'

function fault(at: string, rule: string, message: string): Detail {
  return { at, rule, message }
}

function twice(at: string, zh: string, entries: { code: string }[]): Detail[] {
  const codes = entries.map(({ code }) => code)
  const repeated = new Set(codes.filter((code, i) => codes.indexOf(code) !== i))
  return [...repeated].map((code) => fault(`${at}.${code}`, 'duplicate', `${zh}“${code}”重复，请改成不同的代码。`))
}

function functionFaults(spec: FunctionSpec, all: FunctionSpec[]): Detail[] {
  const say = (rule: string, message: string) => fault(spec.code, rule, message)
  const found: Detail[] = []
  if (!spec.zh.trim()) found.push(say('name', '功能名称不能为空，请填写。'))
  if (!spec.mark.trim()) found.push(say('mark', noMark))
  if (!(spec.radius_m > 0)) found.push(say('radius_m', '服务半径应大于 0 米。'))
  if (!(spec.residents_per_m2 > 0)) found.push(say('residents_per_m2', '每平方米服务人数应大于 0。'))
  if (spec.min_area_m2 !== undefined && !(spec.min_area_m2 > 0)) found.push(say('min_area_m2', '最小面积应大于 0。'))
  for (const [key, zh] of [
    ['typical_area_m2', '常用面积'],
    ['floors', '楼层'],
  ] as const) {
    const [low, high] = spec[key] ?? []
    if (low !== undefined && high !== undefined && low > high) found.push(say(key, `${zh}的下限大于上限，请核对。`))
  }
  for (const other of spec.not_beside ?? []) {
    if (!all.some(({ code }) => code === other))
      found.push(say('not_beside', `“不宜相邻”中的“${other}”不是任何功能的代码，请核对。`))
  }
  return found
}
