import type { Holding } from '../../shared/wishes/claims-api.ts'
import { dayOf, dayWords } from './days.ts'
import { WishFacts, WishTags } from './sponsor-facts.tsx'

const endings: Record<NonNullable<Holding['ended']>, string> = {
  fulfilled: '已办结，谢谢您',
  released: '已退回心愿墙',
  expired: '到期没有办，已自动退回心愿墙',
  reassigned: '社区已请别的单位接着办',
  withdrawn: '许愿人撤回了',
}

/** A claim that has ended, with what the wisher said of it. */
export function EndedHolding({ holding: { wish, claimedAt, ended, rating, thanks, reason } }: { holding: Holding }) {
  return (
    <li className="panel holding ended">
      <WishTags wish={wish} />
      <h3>{wish.text}</h3>
      <WishFacts wish={wish} />
      <p>
        <span className={ended === 'fulfilled' ? 'tag' : 'tag quiet'}>{ended ? endings[ended] : '已结束'}</span>{' '}
        <span className="under">{dayWords(dayOf(claimedAt))}认领</span>
      </p>
      {rating !== null && <p>许愿人打分：{rating} 分（满分 5 分）</p>}
      {thanks && <blockquote className="thanks">“{thanks}”</blockquote>}
      {reason && ended !== 'fulfilled' && <p className="under">理由：{reason}</p>}
    </li>
  )
}
