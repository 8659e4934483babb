import { setTimeout as sleep } from 'node:timers/promises'

const none = '00000000-0000-4000-8000-000000000000'
const base = '/api/districts/{district}/surveys/{survey}/open-answers'

/** What stands in the addresses of calls about open answers. */
export const filledOpenAnswers = { decision: none, quotation: none }

/** Bodies in which nothing is wrong. */
export const soundOpenAnswers: Record<string, object> = {
  [`POST ${base}/decisions`]: {
    decision: none,
    state: 'confirmed',
    answers: [{ response: none, question: 'suggestion' }],
  },
  [`POST ${base}/quotations`]: { response: none, question: 'suggestion', code: 'parking', text: '话', public: false },
}

type Ask = (
  call: string,
  more?: { body?: unknown; params?: Record<string, string> },
  // biome-ignore lint/suspicious/noExplicitAny: each call knows what it asked for
) => Promise<{ json(): any }>

/** What calls about open answers may answer beyond what is asked of all; somebody has written something already. */
export async function askForOpenAnswers(ask: Ask): Promise<void> {
  const { response, question, text } = await firstRead(ask)
  const confirming = { decision: none, state: 'confirmed', answers: [{ response, question }] }
  const quoting = { response, question, code: 'parking', text, public: false }
  await ask(`POST ${base}/quotations`, { body: quoting })
  for (const codes of [['parking'], ['nothing']])
    await ask(`POST ${base}/decisions`, { body: { ...confirming, codes } })
  await ask(`POST ${base}/quotations`, { body: { ...quoting, text: `${text}再加几个字` } })
  await ask(`POST ${base}/quotations`, { body: { ...quoting, response: none } })
  const { id } = (await ask(`POST ${base}/quotations`, { body: quoting })).json()
  for (const quotation of [id, id]) await ask(`DELETE ${base}/quotations/{quotation}`, { params: { quotation } })
  await ask(`DELETE ${base}/decisions/{decision}`)
}

/** An answer is read once it has been counted, a moment after its receipt. */
async function firstRead(ask: Ask): Promise<{ response: string; question: string; text: string }> {
  for (let tries = 0; tries < 200; tries += 1) {
    await ask(`GET ${base}/themes`)
    const [first] = (await ask(`GET ${base}`)).json().answers
    if (first) return first
    await sleep(100)
  }
  throw new Error('no open answer was read')
}
