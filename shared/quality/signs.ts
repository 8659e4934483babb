/** What may speak against an answer. */
export const signKinds = ['fast', 'straight', 'device', 'network', 'text', 'slip', 'worker', 'night'] as const
export type SignKind = (typeof signKinds)[number]

/** One thing that speaks against an answer: how much, and in words that an official understands. */
export interface Sign {
  sign: SignKind
  points: number
  words: string
}

/** From so many points on an answer is put before a person. No number of them excludes it. */
export const FLAGGED_FROM = 3

export const scoreOf = (signs: readonly Sign[]): number => signs.reduce((sum, { points }) => sum + points, 0)

export const signNames: Record<SignKind, string> = {
  fast: '答得太快',
  straight: '一答到底',
  device: '同一设备多份',
  network: '同一网络集中提交',
  text: '文字雷同',
  slip: '同一入户单多份',
  worker: '与其他入户员差别大',
  night: '深夜入户',
}

/** Where each sign is known from. */
export const signSources: Record<SignKind, string> = {
  fast: '用时不到同一版、同一渠道中位数的三分之一。参照 Leiner（2019）、Greszki 等（2015）。',
  straight: '五行以上全部选同一档。参照 Johnson（2005）、Meade 与 Craig（2012）。',
  device: '同一设备一天内交了四份以上；五份以内可能是一家人轮流填。参照 Teitcher 等（2015）。',
  network:
    '同一网络一小时内交了十二份以上；小区宽带和手机基站会让邻居共用网络，单凭这一条不作疑点。参照 Teitcher 等（2015）。',
  text: '八个字以上、相似度 0.8 以上的文字一小时内集中出现，远多于平时。参照 Broder（1997）的文字相似度。',
  slip: '同一张入户单交了七份以上。',
  worker: '同类社区里，这名入户员记下的回答与其他入户员相差很远。参照 Bredl 等（2012）、Cohen（1988）的效应量 h。',
  night: '入户答卷的时间在 22 点到 6 点之间，可能是补录，也可能是编造。参照 Murphy 等（2016）。',
}
