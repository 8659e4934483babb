import { expect, test } from 'vitest'
import { type Asked, ballotJudge, questionFaults } from '../../../shared/deliberations/question-rules.ts'

const ids = Array.from({ length: 5 }, (_, i) => `00000000-0000-4000-8000-00000000000${i}`)
const [one, two, three, other, question] = ids as [string, string, string, string, string]
const listed = [one, two, three].map((id, i) => ({ id, text: `第${i + 1}项` }))

const asked = (more: Partial<Asked>): Asked => ({
  ...{ kind: 'motion', title: '是否改造车棚', item: null, options: [], picks: 0, secret: false },
  ...{ rule: 'simple', quorum: null, requirement: null, ...more },
})
const dots = { kind: 'dots', options: listed, picks: 2, rule: null } as const

test.each([
  ['a motion with a quorum', { secret: true, quorum: { of: 'roster', share: 0.5 } }, []],
  ['dots', dots, []],
  ['one statement to weigh', { kind: 'opinion', options: listed.slice(0, 1), rule: null }, []],
  ['a motion without a rule', { rule: null }, ['body/rule']],
  ['a motion with options', { options: listed }, ['body/options']],
  ['a blank title', { title: '  ' }, ['body/title']],
  ['secret dots', { ...dots, secret: true }, ['body/secret']],
  [
    'dots with a rule and a quorum',
    { ...dots, rule: 'simple', quorum: { of: 'roster', share: 1 } },
    ['body/rule', 'body/quorum'],
  ],
  ['dots that require something', { ...dots, requirement: { site: 'A', function: 'B' } }, ['body/requirement']],
  ['more picks than options', { ...dots, picks: 4 }, ['body/picks']],
  ['no picks', { ...dots, picks: 0 }, ['body/picks']],
  ['picks in a motion', { picks: 1 }, ['body/picks']],
  ['one option', { ...dots, options: listed.slice(0, 1), picks: 1 }, ['body/options']],
  ['an opinion on nothing', { kind: 'opinion', rule: null }, ['body/options']],
  ['an option twice', { ...dots, options: [...listed, listed[0]!] }, ['body/options']],
  ['the same words twice', { ...dots, options: [...listed, { id: other, text: '第1项 ' }] }, ['body/options/3/text']],
  ['an option without words', { ...dots, options: [...listed, { id: other, text: ' ' }] }, ['body/options/3/text']],
] as [string, Partial<Asked>, string[]][])('%s', (_, more, at) => {
  expect(questionFaults(asked(more)).map((fault) => fault.at)).toEqual(at)
})

const cast = (subject: string, choice: 'agree' | 'pass' | string[], id = one) => ({ id, subject, choice })
const opinion = { id: question, kind: 'opinion', options: listed, picks: 0, secret: false } as const
const motion = { ...opinion, kind: 'motion', options: [] } as const
const ranking = { ...opinion, kind: 'ranking', picks: 2 } as const

test.each([
  ['an opinion', opinion, [cast(one, 'agree'), cast(two, 'pass', two)], []],
  ['a motion', motion, [cast(question, 'agree')], []],
  ['a ranking', ranking, [cast(question, [three, one])], []],
  ['of which fewer are put in order', ranking, [cast(question, [three])], []],
  ['a statement that is not asked about', opinion, [cast(other, 'agree')], ['unknown']],
  ['a motion by an option', motion, [cast(one, 'agree')], ['unknown']],
  ['an option that is not listed', ranking, [cast(question, [other])], ['unknown']],
  ['too many', ranking, [cast(question, [one, two, three])], ['many']],
  ['the same twice', ranking, [cast(question, [one, one])], ['twice']],
  ['a list for a motion', motion, [cast(question, [one])], ['type']],
  ['a word for a ranking', ranking, [cast(question, 'agree')], ['type']],
  ['two words on one thing', opinion, [cast(one, 'agree'), cast(one, 'pass', two)], ['twice']],
  ['two votes with one id', opinion, [cast(one, 'agree'), cast(two, 'pass')], ['same-id']],
] as const)('a ballot: %s', (_, asked, votes, rules) => {
  const faults = ballotJudge({ ...asked, options: [...asked.options] })(votes as never)
  expect(faults.map(({ rule }) => rule)).toEqual(rules)
})
