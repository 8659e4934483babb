import { type Block, type Cell, type Figure, type Sentence, type Source, told } from '../../document.ts'
import type { FunctionSpec } from '../../places/api.ts'
import type { Facts } from '../facts.ts'
import type { Teller } from '../figures.ts'
import { dateInWords } from '../words.ts'
import type { World } from '../world.ts'
import { right } from './columns.ts'

function methods({ figure }: Teller): Sentence[] {
  const number = (...path: Source['path']) => figure('exact', 'methods', ...path)
  const walk = (at: number) => told`${number('reach', at, 'minutes')}分钟${number('reach', at, 'reachM')}米`
  return [
    ['需求率、未满足率和重要性由答卷统计表加权得出，不直接使用单份答卷，居民撤回答卷后数据随之更新。'],
    told`加权采用逐项迭代法，权重以平均值的${number('weightCap')}倍为上限；区间采用Korn–Graubard方法，有效样本量按Kish设计效应折算。`,
    told`优先度采用美国ETC Institute的投资优先度方法：未满足率与重要性分别以最高一项为${number('rating', 'each')}折算后相加。`,
    told`缺口等于服务对象数乘以对象中的需求率，减去服务半径内可用公共设施分摊到本社区的能力；服务半径为${walk(0)}、${walk(1)}、${walk(2)}的直线距离。`,
    ['功能建议按优先度依次安排，逐项核对面积、楼层、消防、出入口和相邻关系，已安排的能力从需求中扣除。'],
  ]
}

/** 附录: methods, the questionnaire, thresholds with their sources, and the records that the figures rest on. */
export function appendixSection(facts: Facts, world: World, tell: Teller): Block[] {
  return [
    { kind: 'heading', level: 1, text: '附录：方法、问卷与数据来源' },
    { kind: 'heading', level: 2, text: '计算方法' },
    { kind: 'list', items: methods(tell) },
    { kind: 'heading', level: 2, text: '问卷' },
    { kind: 'list', items: facts.survey.questions.filter(({ type }) => type !== 'html').map(({ title }) => [title]) },
    { kind: 'heading', level: 2, text: '规划指标及来源' },
    thresholdTable(world, tell),
    { kind: 'heading', level: 2, text: '数据来源' },
    { kind: 'list', items: records(facts).map((text) => [text]) },
  ]
}

function thresholdTable(world: World, { figure }: Teller): Block {
  return {
    kind: 'table',
    code: 'thresholds',
    caption: '采用的规划指标及来源',
    columns: [
      { title: '功能', width: 1.8 },
      { title: '面积要求（平方米）', width: 1.6 },
      right('每平方米服务', 1.2),
      { title: '来源', width: 3 },
    ],
    rows: world.catalogue.services.flatMap((service) =>
      service.functions.map((spec): Cell[] => {
        const threshold: Threshold = (...name) =>
          figure('exact', 'catalogue', 'services', service.code, 'functions', spec.code, ...name)
        return [spec.zh, areaAsked(spec, threshold), threshold('residents_per_m2'), world.marks(spec.mark)]
      }),
    ),
    note: ['每平方米服务人数（户数）为规划假设，尚待核实；标“待核实”的指标在方案审定前应对照正式文本核对。'],
  }
}

type Threshold = (...name: Source['path']) => Figure

function areaAsked({ min_area_m2, typical_area_m2 }: FunctionSpec, threshold: Threshold): Cell {
  if (min_area_m2) return told`不小于${threshold('min_area_m2')}`
  return typical_area_m2 ? told`${threshold('typical_area_m2', 0)}–${threshold('typical_area_m2', 1)}` : '—'
}

function records(facts: Facts): string[] {
  const { survey, tallyVersion, community, catalogueVersion, placeVersion, deliberations, wishes, composedAt } = facts
  return [
    `答卷统计表：《${survey.title}》第${survey.version}版，${community.name}，统计版本${tallyVersion}`,
    `社区概况：${community.name}，数据截至${community.profile.asOf}`,
    `设施台账、小区与点位：第${placeVersion}版`,
    `服务功能与规划指标：第${catalogueVersion}版`,
    ...(deliberations ?? []).map(({ code, title, closedAt }) => {
      return `议事记录：“${title}”（房间号${code}），${dateInWords(closedAt)}结束`
    }),
    ...(wishes ? [`心愿台账：${community.name}，截至${dateInWords(composedAt)}`] : []),
  ]
}
