import { setTimeout as sleep } from 'node:timers/promises'
import type { Grant } from '../../shared/people/roles.ts'
import { definition, numbers, submissionOf } from '../load/answers.ts'
import { asking, key, staff } from '../setup/app.ts'
import { signedIn } from '../setup/people.ts'
import { openHouse } from './people-district.ts'

export const survey = '/districts/YX/surveys/needs2026'
const random = numbers(11)

/** The house of people-district with the shipped questionnaire, and ways to write into it and to read what was written. */
export async function openThemes() {
  const house = await openHouse()
  const ask = asking(house.app)
  // biome-ignore lint/suspicious/noExplicitAny: each test knows what it asked for
  type Said = { status: number; body: any }
  const call = (method: string, path: string, body?: unknown, headers: Record<string, string> = staff) =>
    ask(method, `/api${path}`, { body, headers }) as Promise<Said>
  const must = async (...of: Parameters<typeof call>) => {
    const { status, body } = await call(...of)
    if (status >= 300) throw new Error(`${of[0]} ${of[1]}: ${status} ${JSON.stringify(body)}`)
    return body
  }
  await must('POST', `${survey}/versions`, { title: '需求调查', definition })
  const person = async (username: string, grants: Grant[]) => {
    const { headers } = await signedIn(ask, { key, district: 'YX' }, { username, name: '林规划', grants })
    return (method: string, path: string, body?: unknown) => call(method, path, body, headers)
  }
  return {
    ...house,
    call,
    must,
    person,
    /** Sends an answer with these words. */
    write: async (community: string, suggestion: string) => {
      const { answers, ...rest } = submissionOf(random, [community], {}, false)
      const submission = { ...rest, answers: { ...answers, suggestion } }
      return { id: submission.id, ...(await must('POST', `${survey}/responses`, submission, {})) } as {
        id: string
        receipt: string
      }
    },
    /** The themes once everything that was written is read and has its suggestions. */
    read: async () => {
      while ((await house.look('select 1 from tally_outbox limit 1')).rowCount) await sleep(20)
      for (;;) {
        const themes = await must('GET', `${survey}/open-answers/themes`)
        if (!themes.reading) return themes
        await sleep(100)
      }
    },
    list: (query = '') => must('GET', `${survey}/open-answers${query}`),
  }
}

export type OpenThemes = Awaited<ReturnType<typeof openThemes>>
