import { mayMake } from '../shared/people/permissions.ts'
import { type District, listCommunities, listDistricts } from '../shared/places/api.ts'
import { call } from './api/call.ts'
import { type Face, useCall } from './api/use-call.ts'
import { NextSteps } from './briefs/next-steps.tsx'
import { sourceWords } from './briefs/source-words.ts'
import { Provenance } from './kit/figure.tsx'
import { Refusal } from './kit/refusal.tsx'
import { Waiting } from './kit/waiting.tsx'
import { type Present, whoIs } from './people/session.ts'
import { DistrictSummary } from './places/district-summary.tsx'

/** The figures here are of the district as a whole. */
const noNames = { services: [], parts: [], channels: [], communities: new Map<string, string>() }

/** Whether whoever is here may read the figures of a district. */
function mayRead(who: Face<Present>, district: string): boolean {
  if (who.face !== 'ready') return false
  if (who.data.face !== 'somebody') return who.data.face === 'open'
  const { me } = who.data
  return !me.must && me.district === district && mayMake(listCommunities, me.grants)
}

/** The first page: which district this is, and what to open next. */
export default function First() {
  const districts = useCall(() => call(listDistricts, undefined), 'districts')
  const who = useCall(whoIs, 'who')
  return (
    <>
      <header className="bar">
        <div>
          <h1>以需</h1>
          <p>先问居民需要什么，再定每个点位建什么：以需定建，一社一案。</p>
        </div>
      </header>
      <main>
        {(districts.face === 'waiting' || who.face === 'waiting') && <Waiting />}
        {districts.face === 'refused' && <Refusal message={districts.message} />}
        {districts.face === 'ready' && districts.data.length === 0 && <NoDistrict />}
        {districts.face === 'ready' &&
          who.face !== 'waiting' &&
          districts.data.map((one) => <Begin key={one.code} district={one} isIn={mayRead(who, one.code)} />)}
        <footer>数据都保存在这台服务器上，页面不加载任何外部内容。</footer>
      </main>
    </>
  )
}

function Begin({ district, isIn }: { district: District; isIn: boolean }) {
  return (
    <section aria-label={district.name}>
      {isIn ? (
        <Provenance words={(source) => sourceWords(source, noNames)}>
          <DistrictSummary district={district} />
        </Provenance>
      ) : (
        <h2>{district.name}</h2>
      )}
      <NextSteps district={district.code} isIn={isIn} />
    </section>
  )
}

function NoDistrict() {
  return (
    <section>
      <h2>还没有区县</h2>
      <p>
        想先看看演示，请把设置 <code>SEED</code> 改为 <code>demo</code> 后重新启动；要建立自己的区县，请看 README
        中“建立一个区县”。
      </p>
    </section>
  )
}
