import type { Submission } from '../../shared/surveys/api.ts'
import { type OpenBriefs, openBriefs } from '../api/briefs-district.ts'
import { numbers, submissionOf } from '../load/answers.ts'

/** C003: everybody there needs 养老服务 and has none of it; nobody elsewhere misses it.. */
export const missing = 'C003'

const needy = { needs: ['elder_care'], met: { elder_care: 0 }, top: ['elder_care'] }
const served = { needs: ['elder_care', 'culture'], met: { elder_care: 100, culture: 100 }, top: ['culture'] }
const bands = ['18-34', '35-59', '60-79', '80+']

/** A person of each age and sex in turn, so that every cell of the weights is filled. */
function answers(i: number, community: string): Submission['answers'] {
  const person = { answering: 'self', residence: 'here', age: bands[i % 4], sex: i % 8 < 4 ? 'male' : 'female' }
  const children = i % 5 === 0 ? ['parent_0_3', 'parent_4_6', 'parent_7_12'] : ['none']
  return { ...person, children, elders: ['none'], ...(community === missing ? needy : served) }
}

/** Four communities, three of them with 40 answers; C004 has none. */
export async function openDeskDistrict(): Promise<OpenBriefs> {
  const district = await openBriefs()
  for (const community of ['C001', 'C002', missing]) {
    await Promise.all(Array.from({ length: 40 }, (_, i) => answer(district, community, i)))
  }
  await district.folded()
  return district
}

/** One more answer, so that a brief composed after it differs from those before. */
export async function answer(district: OpenBriefs, community: string, i: number): Promise<void> {
  const submission = submissionOf(numbers(i), [community], { answers: answers(i, community) }, false)
  const { status, body } = await district.call('POST', '/api/districts/YX/surveys/needs2026/responses', submission)
  if (status !== 201) throw new Error(JSON.stringify(body))
}
