import type { Place } from './fillings.ts'

/** The survey takes nothing in just now: it is paused, or begins on a later day. */
export function ShutPage({ place, hasBegun, again }: { place: Place; hasBegun: boolean; again(): void }) {
  return (
    <main className="sheet">
      <h1>{place.communityName}居民需求调查</h1>
      <p className="hint" role="status">
        {place.status === 'scheduled' && place.opensAt
          ? `这次调查${dayAndTime(place.opensAt)}开始，请到时再扫码来填。`
          : '这次调查暂停一下，请过些时候再来。'}
        {hasBegun && '您填过的内容都还在这部手机里，到时可以接着填。'}
      </p>
      <button type="button" className="second" onClick={again}>
        再看看开始了没有
      </button>
    </main>
  )
}

const clock = new Intl.DateTimeFormat('zh-CN', {
  ...{ timeZone: 'Asia/Shanghai', month: 'long', day: 'numeric' },
  ...{ hour: '2-digit', minute: '2-digit', hour12: false },
})

const dayAndTime = (at: string) => clock.format(new Date(at))
