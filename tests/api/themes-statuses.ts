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
  while ((await ask(`GET ${base}/themes`)).json().reading) await sleep(50)
  const { response, question, text } = (await ask(`GET ${base}`)).json().answers[0]
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
