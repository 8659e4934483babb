import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { changedFields } from '../../../web/people/audit-changes.ts'
import { actionNames, subjectWords, verbNames } from '../../../web/people/audit-words.ts'

const server = fileURLToPath(new URL('../../../server/', import.meta.url))
const sources = readdirSync(server, { recursive: true, encoding: 'utf8' })
  .filter((path) => path.endsWith('.ts'))
  .map((path) => readFileSync(`${server}${path}`, 'utf8'))
  .join('\n')

const found = (pattern: RegExp) => [...new Set([...sources.matchAll(pattern)].map((match) => match[1]!))]

test('everything that the server writes down beside calls has a name', () => {
  const verbs = found(/(?:action: |ownLook\([^'`\n]*|erased\([^'`\n]*)'([a-z-]+(?::[a-z-]+)?)'/g)
  expect(verbs).toContain('sign-in:failed')
  expect(verbs.filter((verb) => !(verb in verbNames))).toEqual([])
})

test('every kind of subject has a name', () => {
  const kinds = found(/(?:lookOf\([^'`\n]*|subject: )['`]([a-z-]+:?)/g)
  expect(kinds).toContain('person:')
  expect(kinds.filter((kind) => subjectWords(kind, new Map()) === kind)).toEqual([])
})

test('a call is named by the first words of its summary, and reading is said as such', () => {
  const names = actionNames({
    paths: {
      '/api/districts/{district}/people': {
        get: { summary: '人员', security: [{}] },
        post: { summary: '添加人员，得到首次登录的纸条', security: [{}] },
      },
      '/api/sign-in': { post: { summary: '用户名和密码登录；首次登录用纸条上的一次性代码', security: [] } },
    },
  })
  expect(names.get('GET /api/districts/:district/people')).toBe('查看人员')
  expect(names.get('POST /api/districts/:district/people')).toBe('添加人员')
  expect(names.has('POST /api/sign-in')).toBe(false)
})

test('subjects and changes are told in words', () => {
  const id = '0282299b-c2e0-4317-9ea3-5ce7b3626db4'
  expect(subjectWords(`person:${id}`, new Map([[id, '陈静']]))).toBe('陈静')
  expect(subjectWords(`sms:${id}`, new Map())).toBe('短信')
  expect(subjectWords('survey:needs2026', new Map())).toBe('问卷 needs2026')
  const grants = [{ role: 'officer', level: 'subdistrict', code: 'S01' }]
  expect(changedFields({ grants: [] }, { grants, name: 'withheld' }, ({ code }) => `${code}街道`)).toEqual([
    { field: '角色和范围', before: '（没有）', after: '街道干部（S01街道）' },
    { field: '姓名', before: '', after: '（不记内容）' },
  ])
  expect(changedFields(null, null, String)).toEqual([])
})
