import { setTimeout as sleep } from 'node:timers/promises'
import { SingleBar } from 'cli-progress'
import type { Static } from 'typebox'
import type { readDemandTable } from '../../shared/demand/api.ts'
import { LEAST_WEIGHTED } from '../../shared/demand/weigh.ts'
import type { Catalogue } from '../../shared/places/api.ts'
import type { Submission } from '../../shared/surveys/api.ts'
import { questionnaire } from '../../shared/surveys/questionnaire.ts'
import { submissionOf } from './demo/answers.ts'
import { doorsWithoutAnswer, targets } from './demo/campaign.ts'
import { chance } from './demo/chance.ts'
import { type Client, client, type Reply } from './demo/client.ts'
import { grantWishes } from './demo/grant.ts'
import { holdMeetings } from './demo/hold.ts'
import { respondents } from './demo/people.ts'
import { type DemoDistrict, demoDistrict } from './demo/places.ts'
import { importFiles } from './demo/tables.ts'

const district = { id: 1, code: 'YX', name: '以需区（演示）', demo: true, extraServices: ['parking', 'greening'] }
const survey = { code: 'needs2026', title: '社区嵌入式服务需求调查' }
const connections = 32

/** Fills the demo district through the public interface: places as uploaded tables, answers as submissions. */
async function main(): Promise<void> {
  const url = process.argv[process.argv.indexOf('--url') + 1]
  const http = client(url, { authorization: `Bearer ${process.env.STAFF_KEY ?? ''}` }, connections)
  const places = demoDistrict()
  const catalogue = await makeDistrict(http, places)
  await publish(http, catalogue)
  await plan(http, places)
  const sent = await answer(http, places)
  await holdMeetings(http, district.code, places.communities[0]!.code)
  // A browser of ours, as the server takes it.
  const signedIn = (cookie: string) =>
    client(url, { 'sec-fetch-site': 'same-origin', ...(cookie ? { cookie } : {}) }, 1)
  await grantWishes(
    http,
    district.code,
    places.communities.map(({ code }) => code),
    signedIn,
  )
  await untilWorkedOut(http, sent)
  http.close()
}

/** A district that is already there stays as it is, so that an interrupted run can go on. */
async function makeDistrict(http: Client, places: DemoDistrict): Promise<Catalogue> {
  await expectOk(http.send('POST', '/api/districts', district), [201, 409])
  const read = await expectOk(http.send('GET', `/api/districts/${district.code}/catalogue`, undefined), [200])
  const { catalogue } = JSON.parse(read) as { catalogue: Catalogue }
  for (const [kind, csv] of importFiles(places, catalogue)) {
    await expectOk(
      http.upload(`/api/districts/${district.code}/imports/${kind}`, {
        name: `${kind}.csv`,
        type: 'text/csv',
        content: csv,
      }),
      [200],
    )
  }
  return catalogue
}

async function publish(http: Client, { services }: Catalogue): Promise<void> {
  const path = `/api/districts/${district.code}/surveys/${survey.code}`
  const { status } = await http.send('GET', path, undefined)
  if (status === 200) return
  await expectOk(
    http.send('POST', `${path}/versions`, { title: survey.title, definition: questionnaire(services) }),
    [201],
  )
}

/** Targets, and the doors that stayed shut. Once answers are in, a run that goes on leaves the targets as they are. */
async function plan(http: Client, { communities }: DemoDistrict): Promise<void> {
  const path = `/api/districts/${district.code}/surveys/${survey.code}`
  for (const target of targets) await expectOk(http.send('POST', `${path}/quotas/distribution`, target), [200, 409])
  for (const { code } of communities) {
    for (const doors of doorsWithoutAnswer(code)) {
      await expectOk(http.send('POST', `${path}/communities/${code}/contacts`, doors), [200, 201])
    }
  }
}

async function answer(http: Client, places: DemoDistrict): Promise<number> {
  const submissions = allSubmissions(places, Date.now())
  const bar = new SingleBar({ format: '正在装入演示数据 {bar} {value}/{total} 份答卷', barsize: 30, hideCursor: true })
  bar.start(submissions.length, 0)
  let next = 0
  const worker = async () => {
    while (next < submissions.length) {
      await submit(http, submissions[next++])
      bar.increment()
    }
  }
  await Promise.all(Array.from({ length: connections }, worker))
  bar.stop()
  return submissions.length
}

type Table = Static<(typeof readDemandTable)['responses'][200]>
const WORKED_OUT_WITHIN_MS = 30_000

/** Whoever opens the desk next finds the whole table, tiers included where there are enough answers for them. A slow machine is not waited for. */
async function untilWorkedOut(http: Client, sent: number): Promise<void> {
  const bar = new SingleBar({
    format: '正在测算各社区需求 {bar} {value}/{total} 个社区',
    barsize: 30,
    hideCursor: true,
  })
  const until = performance.now() + WORKED_OUT_WITHIN_MS
  bar.start(1, 0)
  for (let done = false; !done && performance.now() < until; await sleep(500)) {
    const read = await expectOk(http.send('GET', `/api/districts/${district.code}/demand`, undefined), [200])
    const { communities } = JSON.parse(read) as Table
    const counted = communities.reduce((sum, { n }) => sum + n, 0)
    const ready = communities.filter(
      ({ inside, services }) => inside < LEAST_WEIGHTED || services.some(({ tier }) => tier),
    )
    done = counted >= sent && ready.length === communities.length
    bar.setTotal(communities.length)
    bar.update(ready.length)
  }
  bar.stop()
}

/** In the order in which people answered, all communities mixed, as in a real campaign. */
function allSubmissions({ communities, minds }: DemoDistrict, until: number): Submission[] {
  const all = communities.flatMap((community) => {
    const mind = minds.get(community.code)
    const dice = chance(`answers ${community.code}`)
    return mind
      ? respondents(community, mind, dice).map((person) => submissionOf(person, community.code, until, dice))
      : []
  })
  return all.sort((a, b) => a.submittedAt.localeCompare(b.submittedAt))
}

/** Sends until it is acknowledged; 409 means that an earlier run has brought it in already. */
async function submit(http: Client, submission: Submission): Promise<void> {
  const path = `/api/districts/${district.code}/surveys/${survey.code}/responses`
  for (;;) {
    const { status, body, retryAfterS } = await http.send('POST', path, submission)
    if ([200, 201, 409].includes(status)) return
    if (status !== 503 && status !== 429) throw new Error(`答卷没有被接受（${status}）：${body}`)
    await sleep(retryAfterS * 1000)
  }
}

async function expectOk(sent: Promise<Reply>, expected: number[]): Promise<string> {
  const { status, body } = await sent
  if (!expected.includes(status)) throw new Error(`演示数据装入失败（${status}）：${body}`)
  return body
}

main().catch((error: Error) => {
  process.stderr.write(`${error.message}\n`)
  process.exit(1)
})
