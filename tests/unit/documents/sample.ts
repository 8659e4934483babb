import type { Block, Cell, Chart, Document, Figure } from '../../../shared/document.ts'

const services = [
  '养老服务',
  '婴幼儿托育',
  '儿童托管',
  '家政便民',
  '健康服务',
  '文化活动',
  '体育健身',
  '社区助餐',
  '休闲游憩与邻里交往空间',
]

const figure = (
  value: number | null,
  text: string,
  path: (string | number)[],
  standing?: Figure['standing'],
): Figure => ({
  value,
  text,
  source: { of: path[0] === 'profile' ? 'profile' : 'demand', path, inputs: ['tallies/17'] },
  ...(standing ? { standing } : {}),
})

const share = (value: number, path: (string | number)[], standing?: Figure['standing']): Figure =>
  figure(value, `${(value * 100).toFixed(1)}%`, path, standing)

const need = [0.623, 0.184, 0.412, 0.337, 0.508, 0.291, 0.366, 0.554, 0.225]
const unmet = [0.401, 0.112, 0.338, 0.154, 0.223, 0.094, 0.207, 0.437, 0.131]

const shares: Chart = {
  type: 'bar',
  unit: 'share',
  labels: services,
  series: [
    { name: '需求率', values: need, low: need.map((v) => v - 0.042), high: need.map((v) => v + 0.041) },
    { name: '未满足率', values: unmet, low: unmet.map((v) => v - 0.031), high: unmet.map((v) => v + 0.034) },
  ],
}

const stacked: Chart = {
  type: 'stacked',
  unit: 'share',
  labels: ['18—34岁', '35—59岁', '60—79岁', '80岁及以上'],
  series: [
    { name: '非常需要', values: [0.12, 0.21, 0.44, 0.52] },
    { name: '比较需要', values: [0.23, 0.29, 0.31, 0.27] },
    { name: '一般', values: [0.31, 0.25, 0.14, 0.12] },
    { name: '不太需要', values: [0.19, 0.15, 0.08, 0.06] },
    { name: '不需要', values: [0.15, 0.1, 0.03, 0.03] },
  ],
}

const quadrant: Chart = {
  type: 'quadrant',
  unit: 'share',
  labels: services,
  series: [
    { name: '重要度', values: [0.58, 0.14, 0.37, 0.21, 0.43, 0.17, 0.24, 0.51, null] },
    { name: '未满足率', values: unmet },
  ],
}

const counts: Chart = {
  type: 'bar',
  unit: 'count',
  labels: ['线上', '入户', '纸质', '会场'],
  series: [{ name: '答卷份数', values: [1203, 684, 92, null] }],
}

const needTable = (code: string): Block => ({
  kind: 'table',
  code,
  caption: '居民对九类社区嵌入式服务的需求',
  columns: [
    { title: '服务' },
    { title: '答卷（份）' },
    { title: '需求率' },
    { title: '95%置信区间' },
    { title: '未满足率' },
    { title: '优先度' },
  ],
  rows: services.map((service, i): Cell[] => [
    service,
    figure(1979 - i * 31, (1979 - i * 31).toLocaleString('en-US'), ['n', i]),
    i === 8
      ? figure(null, '不公布', ['need', i], 'withheld')
      : share(need[i]!, ['need', i], i === 7 ? 'grey' : undefined),
    `${((need[i]! - 0.042) * 100).toFixed(1)}%—${((need[i]! + 0.041) * 100).toFixed(1)}%`,
    share(unmet[i]!, ['unmet', i], i === 5 ? 'flagged' : undefined),
    figure(200 - i * 17.5, (200 - i * 17.5).toFixed(1), ['priority', i]),
  ]),
  note: ['需求率按年龄、性别和家庭儿童情况加权；同一档内的服务不分先后。'],
})

const longTable: Block = {
  kind: 'table',
  code: 'facilities',
  caption: '社区内及周边步行可达的现有服务设施台账',
  columns: [
    { title: '序号', align: 'centre' },
    { title: '设施名称' },
    { title: '服务' },
    { title: '性质', align: 'centre' },
    { title: '面积（平方米）', align: 'right' },
    { title: '可服务人数', align: 'right' },
    { title: '备注' },
  ],
  rows: Array.from({ length: 42 }, (_, i): Cell[] => [
    String(i + 1),
    i % 11 === 3
      ? '东关南街街道柿园路第二社区老年人日间照料服务中心（原街道办事处仓库）'
      : `柿园路${i + 1}号便民服务点`,
    services[i % services.length]!,
    i % 3 === 0 ? '民办' : '公办',
    figure(120 + i * 7, String(120 + i * 7), ['facilities', i, 'areaM2']),
    figure(60 + i * 3, String(60 + i * 3), ['facilities', i, 'capacity']),
    i === 5 ? 'https://example.invalid/a-very-long-address-without-any-place-to-break/0123456789abcdef' : '正常使用',
  ]),
}

const paragraph = (text: string): Block => ({ kind: 'paragraph', text: [text] })

const prose =
  '本次调查采取线上填写、入户走访和纸质问卷相结合的方式进行，问卷由居民自愿填写，不属于随机抽样，所列区间只反映抽样波动，不反映自愿参与可能带来的偏差。调查期间，社区工作者对高龄、独居和行动不便的居民逐户走访，对没有智能手机的居民提供纸质问卷，并由专人录入。'

/** A document of about twelve pages such as an official would be handed: eight tables, four charts, every kind of block and mark. */
export function sample(): Document {
  const blocks: Block[] = [
    { kind: 'heading', level: 1, text: '社区概况' },
    paragraph(prose),
    {
      kind: 'paragraph',
      text: [
        '社区常住人口',
        figure(7208, '7,208人', ['profile', 'population']),
        '，其中60岁及以上老年人占',
        share(0.2871, ['profile', 'elders']),
        '，独居老年人',
        figure(213, '213人', ['profile', 'alone']),
        '。',
      ],
    },
    needTable('a'),
    { kind: 'heading', level: 1, text: '调查情况与数据质量' },
    { kind: 'heading', level: 2, text: '调查方式' },
    paragraph(prose),
    { kind: 'chart', code: 'c1', caption: '各渠道答卷份数', chart: counts },
    { kind: 'heading', level: 2, text: '数据质量' },
    {
      kind: 'list',
      items: [
        ['线上答卷中，填写时间不足一分钟的', figure(14, '14份', ['quality', 0]), '已标记，未删除。'],
        ['纸质答卷由两人分别录入，不一致的逐份核对。'],
        ['80岁及以上居民答卷较少，', share(0.52, ['need', '80+'], 'grey'), '这一结果仅供参考。'],
      ],
    },
    { kind: 'heading', level: 1, text: '居民需求' },
    paragraph(prose),
    {
      kind: 'chart',
      code: 'c2',
      caption: '九类服务的需求率与未满足率',
      chart: shares,
      note: ['细线为95%置信区间。'],
    },
    needTable('b'),
    { kind: 'heading', level: 3, text: '重要度与未满足率的比较' },
    paragraph(prose),
    { kind: 'chart', code: 'c3', caption: '九类服务的重要度与未满足率', chart: quadrant },
    { kind: 'heading', level: 1, text: '分人群需求' },
    paragraph(prose),
    { kind: 'chart', code: 'c4', caption: '各年龄段对养老服务的需要程度', chart: stacked },
    needTable('c'),
    paragraph(prose),
    needTable('d'),
    { kind: 'heading', level: 1, text: '现有设施与缺口' },
    longTable,
    paragraph(prose),
    needTable('e'),
    { kind: 'heading', level: 1, text: '功能建议与理由' },
    paragraph(prose),
    needTable('f'),
    paragraph(prose),
    needTable('g'),
  ]
  return {
    title: '碑林区柿园路社区嵌入式服务设施建设需求调查与功能建议报告',
    subtitle: '（柿园路12号点位）',
    mark: '演示数据，不作为决策依据',
    issuer: '示例区社区嵌入式服务设施建设工作专班',
    date: '2026-11-21',
    blocks,
  }
}
