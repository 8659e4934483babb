import type { MinutesRecord, RecordedQuestion } from '../../../shared/deliberations/minutes/record.ts'

const id = (n: number) => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`
export const ids = {
  gather: id(1),
  resolve: id(2),
  shade: id(11),
  bench: id(12),
  noise: id(13),
  motion: id(21),
  first: id(22),
}

const statement = {
  channel: 'desk' as const,
  item: ids.gather,
  proposal: null,
  service: null,
  state: 'shown' as const,
  mergedInto: null,
  answer: null,
  result: null,
}
const question = {
  item: ids.resolve,
  options: [],
  secret: false,
  rule: null,
  quorum: null,
  requires: null,
  state: 'closed' as const,
  reason: null,
  rerunOf: null,
}

const first: RecordedQuestion = {
  ...question,
  ...{ id: ids.first, kind: 'motion', title: '是否改建活动室', rule: 'simple', state: 'void', reason: '题目写错' },
  outcome: null,
}

const motion: RecordedQuestion = {
  ...question,
  ...{ id: ids.motion, kind: 'motion', title: '是否改建老年活动室', rule: 'simple', rerunOf: ids.first },
  ...{ reason: '题目已改正', quorum: { of: 'roster', share: 0.5 } },
  requires: { site: '北门场地', service: '老年活动室' },
  outcome: {
    ...{ kind: 'motion', present: 42, roster: 30, needed: 15, verdict: 'passed' },
    voted: { phone: 25, seat: 14 },
    all: { agree: 31, disagree: 6, pass: 2 },
    byChannel: { phone: { agree: 20, disagree: 4, pass: 1 }, seat: { agree: 11, disagree: 2, pass: 1 } },
    hands: { agree: 3, disagree: 0, pass: 0 },
  },
}

const weighed: RecordedQuestion = {
  ...question,
  ...{ id: id(23), kind: 'opinion', title: '对各条意见的表态' },
  options: [
    { id: ids.shade, text: '楼下没有地方遮阴' },
    { id: ids.noise, text: '晚上广场太吵' },
  ],
  outcome: {
    ...{ kind: 'opinion', present: 42, voted: { phone: 20, seat: 10 }, groups: null },
    withoutGroups: '表态的人不足 50 人，不分组。',
    results: [
      {
        option: ids.shade,
        all: { agree: 28, disagree: 1, pass: 1 },
        byChannel: { phone: { agree: 19, disagree: 1, pass: 0 }, seat: { agree: 9, disagree: 0, pass: 1 } },
        ...{ hands: null, consensus: 0.9, dissent: 0.06 },
      },
      {
        option: ids.noise,
        all: { agree: 12, disagree: 10, pass: 3 },
        byChannel: { phone: { agree: 8, disagree: 7, pass: 2 }, seat: { agree: 4, disagree: 3, pass: 1 } },
        ...{ hands: { agree: 5, disagree: 2, pass: 0 }, consensus: 0.48, dissent: 0.4 },
      },
    ],
  },
}

const dots: RecordedQuestion = {
  ...question,
  ...{ id: id(24), kind: 'dots', title: '最要紧的三项' },
  options: [
    { id: ids.shade, text: '遮阴' },
    { id: ids.noise, text: '安静' },
  ],
  outcome: {
    ...{ kind: 'dots', present: 42, voted: { phone: 22, seat: 12 } },
    results: [
      { option: ids.shade, points: 30, byChannel: { phone: 20, seat: 10 }, hands: null },
      { option: ids.noise, points: 4, byChannel: { phone: 2, seat: 2 }, hands: null },
    ],
  },
}

/** An evening with a bit of everything. */
export const evening: MinutesRecord = {
  ...{
    id: id(99),
    sequence: 120,
    demo: false,
    kind: 'forum',
    title: '活动室改建',
    communityName: '柳荫社区',
    compounds: [],
  },
  ...{ place: '社区服务中心二楼', host: '王主任', date: '2026-11-22' },
  ...{ startsAt: '2026-11-20T19:00:00.000+08:00', endsAt: null },
  ...{ openedAt: '2026-11-20T19:02:00.000+08:00', closedAt: '2026-11-20T20:47:00.000+08:00' },
  attendance: { roster: 30, fromRoster: 25, phone: 28, seat: 14, left: 3, named: ['李四', '赵六'] },
  agenda: [
    {
      ...{ id: ids.gather, title: '说说院子里缺什么', kind: 'gather', minutes: 30 },
      ...{ startedAt: '2026-11-20T19:05:00.000+08:00', endedAt: '2026-11-20T19:41:00.000+08:00' },
    },
    { id: ids.resolve, title: '活动室怎么改', kind: 'resolve', minutes: 20, startedAt: null, endedAt: null },
  ],
  proposals: [],
  services: [
    { code: 'elder_care', name: '养老服务' },
    { code: 'culture', name: '文化活动' },
  ],
  statements: [
    {
      ...statement,
      ...{ id: ids.shade, number: 1, text: '楼下没有地方遮阴', service: 'elder_care', state: 'discussed' },
      result: '列入明年微更新',
    },
    {
      ...statement,
      ...{
        id: ids.bench,
        number: 2,
        text: '老人买菜回来想坐坐',
        channel: 'phone',
        state: 'merged',
        mergedInto: ids.shade,
      },
    },
    { ...statement, id: ids.noise, number: 3, text: '晚上广场太吵', item: null },
    { ...statement, id: id(14), number: 4, text: '广告', state: 'rejected' },
    { ...statement, id: id(15), number: 5, text: '还没看', channel: 'phone', state: 'received' },
  ],
  questions: [weighed, dots, first, motion],
  followUps: [
    {
      ...{ number: 1, text: '联系园林部门补种两棵树', owner: '社区居委会', dueOn: '2026-12-05', question: ids.motion },
      ...{ statements: [ids.shade, ids.bench], state: 'open', outcome: null },
    },
  ],
}

export const secretly = (record: MinutesRecord): MinutesRecord => ({
  ...record,
  questions: record.questions.map((one) =>
    one.outcome?.kind === 'motion'
      ? { ...one, secret: true, outcome: { ...one.outcome, byChannel: null, hands: null } }
      : one,
  ),
})

export const nobody: MinutesRecord = {
  ...evening,
  attendance: { roster: 0, fromRoster: 0, phone: 0, seat: 0, left: 0, named: [] },
  ...{ agenda: [], statements: [], questions: [], followUps: [] },
}
