import { describe, expect, test } from 'vitest'
import type { Source } from '../../../shared/document.ts'
import { sourceWords } from '../../../web/briefs/source-words.ts'

const names = {
  services: ['养老服务', '健康服务'],
  parts: ['60–79岁'],
  channels: ['online'],
  communities: new Map([['C001', '西何社区']]),
  codes: new Map([
    ['infant_care', '婴幼儿托育'],
    ['nursery', '托育点'],
    ['children_floor', '儿童活动场所楼层'],
    ['S1', '原办公用房'],
  ]),
}
const words = (of: Source['of'], path: Source['path'], inputs: string[] = []) =>
  sourceWords({ of, path, inputs }, names)

describe('a source in words', () => {
  test('names services, groups and channels instead of their places in a list', () => {
    expect(words('demand', ['services', 1, 'unmet', 'p']).path).toEqual(['居民需求', '健康服务', '未满足率', '估计值'])
    expect(words('demand', ['parts', 0, 'services', 0, 'need', 'low']).path).toEqual([
      '居民需求',
      '60–79岁',
      '养老服务',
      '需求率',
      '区间下限',
    ])
    expect(words('responses', ['channels', 0, 'n']).path).toEqual(['答卷', '线上', '份数'])
  })

  test('names a deliberation by its room, and its votes by their place', () => {
    const path = ['meetings', '123456', 'motions', 0, 'votes', 'agree', 'people']
    const found = words('deliberation', path, ['deliberations:YX/123456@2026-11-20T21:00:00.000+08:00'])
    expect(found.path).toEqual(['议事记录', '议事会', '123456', '决议', '第1项', '表决', '赞成', '人数（未加权）'])
    expect(found.inputs.map(({ text }) => text)).toEqual(['议事记录：房间号123456，2026-11-20结束'])
  })

  test('names a wish by its number', () => {
    const found = words('wish', ['places', '12号', 'people'], ['wishes:YX/12'])
    expect(found.path).toEqual(['微心愿', '场所心愿', '12号', '人数（未加权）'])
    expect(found.inputs.map(({ text }) => text)).toEqual(['微心愿：第12号'])
    const counted = words('wish', ['kinds', 'place', 'held', 'n'], ['wishes:1-4+9'])
    expect(counted.path).toEqual(['微心愿', '按类别', '场所', '办理中', '个数'])
    expect(counted.inputs.map(({ text }) => text)).toEqual(['微心愿：第1–4、9号'])
  })

  test('says the place where a list has no names', () => {
    expect(words('sites', [0, 'rooms', 2, 'areaM2']).path).toEqual([
      '点位台账',
      '第1项',
      '房间',
      '第3项',
      '面积（平方米）',
    ])
    expect(words('demand', ['services', 7, 'need', 'p']).path).toContain('第8项')
  })

  test('names what stands in a path by its code, and leaves a code that has no name as it is', () => {
    const threshold = ['services', 'infant_care', 'functions', 'nursery', 'min_area_m2']
    expect(words('catalogue', threshold).path.slice(1)).toEqual(['婴幼儿托育', '托育点', '面积下限（平方米）'])
    expect(words('catalogue', ['rules', 'children_floor', 'limits', 'lowest']).path.slice(1)).toEqual([
      '规划规则',
      '儿童活动场所楼层',
      '限值',
      '最低楼层',
    ])
    expect(words('programme', ['decisions', 'nursery', 'fitting']).path.slice(2)).toEqual(['托育点', '适合的空间数'])
    expect(words('sites', ['S1', 'rooms', '101', 'exits']).path.slice(1)).toEqual([
      '原办公用房',
      '房间',
      '101',
      '出口数',
    ])
    expect(words('methods', ['leastWeighted'], ['methods']).inputs).toEqual([
      { code: 'methods', text: '计算方法，见附录' },
    ])
  })

  test('says where a threshold was taken from', () => {
    const source: Source = { of: 'catalogue', path: ['services', 'infant_care', 'reachM'], inputs: [], mark: '待核实' }
    expect(sourceWords(source, names).mark).toBe('待核实')
  })

  test('says which record it is, as demand and as briefs write it', () => {
    const inputs = ['tallies:needs2026@1/C001#87', 'tallies:YX/needs2026/1/C001@87', 'profile:YX/C001@2026-09-30']
    expect(words('demand', ['n'], inputs).inputs.map(({ text }) => text)).toEqual([
      '答卷汇总：西何社区，问卷needs2026第1版，汇总状态87',
      '答卷汇总：西何社区，问卷needs2026第1版，汇总状态87',
      '社区概况：西何社区，截至2026-09-30',
    ])
    const others = ['places#7', 'catalogue:YX@2', 'something-new']
    expect(words('demand', ['n'], others).inputs.map(({ text }) => text)).toEqual([
      '社区、小区、设施与点位台账，第7次更新',
      '服务功能与规划指标，第2次更新',
      '记录',
    ])
  })
})
