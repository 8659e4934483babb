import type { FlaggedAnswer } from '../../shared/quality/api.ts'
import type { SignKind } from '../../shared/quality/signs.ts'
import type { Decision } from '../../shared/surveys/review-api.ts'

export const decisionWords: Record<Decision, string> = { open: '未复核', kept: '已保留', excluded: '已排除' }

const reasons: Record<SignKind, string> = {
  fast: '答得太快，没有认真填写',
  straight: '各行全部选同一档，没有认真填写',
  device: '同一设备反复提交',
  network: '同一网络集中提交，疑似代填',
  text: '文字是复制来的',
  slip: '同一住户反复提交',
  worker: '疑似入户员编造',
  night: '入户时间不合常理，疑似编造',
}

/** Reasons for excluding, those that fit the signs first. */
export function quickReasons(signs: readonly { sign: SignKind; points: number }[]): string[] {
  const own = [...signs].sort((a, b) => b.points - a.points).map(({ sign }) => reasons[sign])
  return [...new Set([...own, '测试或演练时填的', '经核实不是本人意愿'])]
}

const clock = new Intl.DateTimeFormat('zh-CN', {
  timeZone: 'Asia/Shanghai',
  month: 'long',
  day: 'numeric',
  hour: '2-digit',
  minute: '2-digit',
  hour12: false,
})

export const momentWords = (moment: string): string => clock.format(new Date(moment))

export function durationWords({ seconds }: Pick<FlaggedAnswer, 'seconds'>): string {
  const minutes = Math.floor(seconds / 60)
  const rest = Math.round(seconds % 60)
  return minutes === 0 ? `${rest}秒` : `${minutes}分${rest}秒`
}
