import { Drawer } from 'antd'
import type { DeskWish } from '../../shared/wishes/desk-api.ts'
import { HARDSHIP, kindNames } from '../../shared/wishes/kinds.ts'
import { dayWords } from './days.ts'
import { WishPoint } from './desk-point.tsx'
import { WishActions } from './desk-wish-actions.tsx'
import { WishHistory } from './desk-wish-history.tsx'
import { FlaggedText, StateMark, WishPhotos } from './desk-wish-parts.tsx'
import { dueWords, factWords } from './desk-words.ts'

interface Props {
  district: string
  wish: DeskWish | undefined
  /** Says what was done, also where the wish then leaves the list. */
  say(words: string): void
  close(): void
}

/** Everything staff may know of a wish, and what they can do about it. */
export function WishDrawer({ district, wish, say, close }: Props) {
  return (
    <Drawer
      open={wish !== undefined}
      onClose={close}
      size="min(600px, 100vw)"
      title={wish && `${wish.number} 号 · ${kindNames[wish.kind]} · ${wish.communityName}`}
      destroyOnHidden
    >
      {wish && <Parts key={wish.id} {...{ district, wish, say }} />}
    </Drawer>
  )
}

function Parts({ district, wish, say }: { district: string; wish: DeskWish; say(words: string): void }) {
  const { text, original, flags, state, photo, reason, hardship, done, thanks, rating } = wish
  return (
    <div className="wish-parts">
      <p>
        <StateMark state={state} /> {hardship && <span className="tag">{HARDSHIP}</span>}
      </p>
      <FlaggedText text={text} flags={state === 'submitted' ? flags : []} />
      {original !== text && <p className="under">许愿人的原话：{original}</p>}
      <p className="under">{factWords(wish)}</p>
      <WishPoint district={district} wish={wish} />
      <WishPhotos district={district} wish={wish} photos={photo ? [photo] : []} alt="许愿人配的照片" />
      <Held wish={wish} />
      {reason && <p>最近的理由：{reason}</p>}
      {done && (
        <section aria-label="办结凭证">
          <h3>办结凭证</h3>
          <p>
            {dayWords(done.on)}：{done.note}
          </p>
          <WishPhotos district={district} wish={wish} photos={done.photos} alt="办结照片" />
        </section>
      )}
      {(thanks || rating) && (
        <p>
          {rating && `许愿人打了 ${rating} 分（满分 5 分）`}
          {thanks && `：“${thanks}”`}
        </p>
      )}
      <WishActions {...{ district, wish, say }} />
      <WishHistory district={district} wish={wish.id} />
    </div>
  )
}

function Held({ wish: { claim, state, fallback, supporters, publish } }: { wish: DeskWish }) {
  const due = claim && state === 'claimed' ? `（${dueWords(claim.dueOn).text}）` : ''
  return (
    <dl className="facts">
      {claim && (
        <>
          <dt>谁在办</dt>
          <dd>{claim.sponsorName}</dd>
          <dt>期限</dt>
          <dd>
            {dayWords(claim.dueOn)}
            {due}
            {claim.extended && '，已延过一次'}
            {claim.reminded && '，已提醒'}
          </dd>
        </>
      )}
      {fallback && (
        <>
          <dt>退回记录</dt>
          <dd>有单位退回或到期未办，请再找一家</dd>
        </>
      )}
      <dt>我也想</dt>
      <dd>{supporters} 人</dd>
      <dt>办结后公开</dt>
      <dd>{publish ? '许愿人同意' : '许愿人没有同意，不公开'}</dd>
    </dl>
  )
}
