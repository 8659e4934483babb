import { inWords } from '../../demand/words.ts'
import type { Block, Cell } from '../../document.ts'
import { ageBands } from '../../places/api.ts'
import type { Facts } from '../facts.ts'
import type { Teller } from '../figures.ts'
import { dateInWords } from '../words.ts'
import { right } from './columns.ts'

/** 社区概况: who lives here, before anybody was asked. */
export function profileSection({ community, subdistrict }: Facts, { figure }: Teller): Block[] {
  const people = (...path: (string | number)[]) => figure('count', 'profile', ...path)
  const { profile } = community
  const built = profile.buildingYear ? ['，住宅多建于', figure('exact', 'profile', 'buildingYear'), '年前后'] : []
  return [
    { kind: 'heading', level: 1, text: '社区概况' },
    {
      kind: 'paragraph',
      text: [
        `${community.name}位于${subdistrict.name}，面积`,
        figure('area', 'profile', 'areaKm2'),
        '平方公里，共有',
        people('compounds'),
        '个小区、',
        people('households'),
        '户、',
        people('residents'),
        '名居民',
        ...built,
        '。其中60岁及以上',
        people('elders'),
        '人，占',
        figure('share', 'profile', 'eldersShare'),
        '；独居老人',
        people('eldersLivingAlone'),
        '人。',
      ],
    },
    {
      kind: 'paragraph',
      text: [
        '有0–3岁孩子的家庭',
        people('parents', 'parent_0_3'),
        '户，有4–6岁孩子的家庭',
        people('parents', 'parent_4_6'),
        '户，有7–12岁孩子的家庭',
        people('parents', 'parent_7_12'),
        `户。以上数据截至${dateInWords(profile.asOf)}，人口构成见下表。`,
      ],
    },
    {
      kind: 'table',
      code: 'profile',
      caption: '居民年龄与性别构成（单位：人）',
      columns: [{ title: '年龄段', width: 2 }, ...['男', '女', '合计', '占比'].map((title) => right(title))],
      rows: ageBands.map((band, i): Cell[] => [
        inWords(band),
        people('male', i),
        people('female', i),
        people('bands', i),
        figure('share', 'profile', 'bandShares', i),
      ]),
    },
  ]
}
