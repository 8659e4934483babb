/** What sort of gathering it is: 座谈会, 议事会 (by courtyard), 工作坊, or 线上征求意见 on a draft plan, which has no room. */
export const kinds = ['forum', 'council', 'workshop', 'consultation'] as const
export type Kind = (typeof kinds)[number]
export const kindNames: Record<Kind, string> = {
  forum: '需求座谈会',
  council: '庭院议事会',
  workshop: '社区规划师工作坊',
  consultation: '线上征求意见',
}

export const statuses = ['planned', 'open', 'closed'] as const
export type Status = (typeof statuses)[number]

/** What an agenda item is for: 通报, 收集意见, 排优先, 形成决议. */
export const itemKinds = ['inform', 'gather', 'prioritise', 'resolve'] as const
export type ItemKind = (typeof itemKinds)[number]
export const itemKindNames: Record<ItemKind, string> = {
  inform: '通报',
  gather: '收集意见',
  prioritise: '排优先',
  resolve: '形成决议',
}

/** By what somebody takes part: their own phone, or a numbered seat card that staff speak for. */
export const presences = ['phone', 'seat'] as const
export type Presence = (typeof presences)[number]
export const presenceNames: Record<Presence, string> = { phone: '手机', seat: '座位卡' }

/** received: waits for moderation; shown: on the wall; merged: into another; discussed: has a result. */
export const statementStates = ['received', 'shown', 'rejected', 'merged', 'discussed'] as const
export type StatementState = (typeof statementStates)[number]
/** As its writer reads it. */
export const statementStateNames: Record<StatementState, string> = {
  received: '已收到',
  shown: '已上墙',
  rejected: '未采用',
  merged: '已并入',
  discussed: '已讨论',
}
/** What it is called when everybody may read a statement: a consultation has no wall. */
export const shownWord = (kind: Kind): string => (kind === 'consultation' ? '公开' : '上墙')
export const stateName = (state: StatementState, kind: Kind): string =>
  state === 'shown' ? `已${shownWord(kind)}` : statementStateNames[state]

/** 表态, 投点 (a few picks from a list), 排序 (Borda), 决议. */
export const questionKinds = ['opinion', 'dots', 'ranking', 'motion'] as const
export type QuestionKind = (typeof questionKinds)[number]
export const questionKindNames: Record<QuestionKind, string> = {
  opinion: '逐条表态',
  dots: '选出最要紧的几项',
  ranking: '排出先后',
  motion: '决议表决',
}

export const choices = ['agree', 'disagree', 'pass'] as const
export type Choice = (typeof choices)[number]
export const choiceNames: Record<Choice, string> = { agree: '赞成', disagree: '反对', pass: '弃权' }

/** How a motion passes: more agree than disagree of the votes cast; more than half of those present; two thirds of agree and disagree; nobody against. */
export const rules = ['simple', 'present', 'two-thirds', 'consensus'] as const
export type Rule = (typeof rules)[number]
export const ruleNames: Record<Rule, string> = {
  simple: '赞成多于反对',
  present: '赞成超过到会人数的一半',
  'two-thirds': '赞成不少于赞成与反对之和的三分之二',
  consensus: '无人反对',
}

/** What became of a motion. `no-quorum`: not enough people, so that nothing was decided. */
export const verdicts = ['passed', 'failed', 'no-quorum'] as const
export type Verdict = (typeof verdicts)[number]

/** What a consultation answers to a comment. */
export const answers = ['adopted', 'partly', 'not'] as const
export type AnswerKind = (typeof answers)[number]
export const answerNames: Record<AnswerKind, string> = { adopted: '采纳', partly: '部分采纳', not: '未采纳' }

export const followUpStates = ['open', 'in-progress', 'done', 'cannot'] as const
export type FollowUpState = (typeof followUpStates)[number]
export const followUpStateNames: Record<FollowUpState, string> = {
  open: '待办',
  'in-progress': '办理中',
  done: '已办结',
  cannot: '办不了',
}

/** Long enough to put minutes right and approve them; then nobody needs to know who came. Minutes keep the names of those who let them. */
export const NAMES_KEPT_DAYS = 90
export const MOST_STATEMENT_LENGTH = 500
/** From phones; whoever has more to say is taken down by the secretary. */
export const MOST_OF_ONE = 200
export const MOST_STATEMENTS = 5_000
/** People in one room, options in one question, lines of a roster. */
export const MOST_PEOPLE = 2_000
/** A consultation is open to several communities' worth of people for weeks. */
const MOST_ASKED = 20_000
export const mostPeople = (kind: Kind): number => (kind === 'consultation' ? MOST_ASKED : MOST_PEOPLE)
/** Numbered seat cards in one print: a large hall. */
export const MOST_SEAT_CARDS = 300
export const MOST_OPTIONS = 200
