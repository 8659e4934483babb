import { describe, expect, test } from 'vitest'
import { lookUp } from '../../../shared/deliberations/minutes/figures.ts'
import type { MinutesRecord } from '../../../shared/deliberations/minutes/record.ts'
import { worldOf } from '../../../shared/deliberations/minutes/world.ts'
import { composeMinutes } from '../../../shared/deliberations/minutes.ts'
import { type Block, type Cell, type Figure, partsOf, spoken } from '../../../shared/document.ts'
import { evening, ids, nobody, secretly } from './minutes-example.ts'

const minutes = (record: MinutesRecord, texts = [] as { section: string; text: string }[]) =>
  composeMinutes(record, texts).blocks
type Table = Extract<Block, { kind: 'table' }>

const table = (blocks: Block[], code: string): Table =>
  blocks.find((block): block is Table => block.kind === 'table' && block.code.startsWith(code))!
const words = (cell: Cell): string => spoken(partsOf(cell))
const rows = (blocks: Block[], code: string): string[][] => table(blocks, code).rows.map((row) => row.map(words))
const paragraphs = (blocks: Block[]): string[] =>
  blocks.flatMap((block) => (block.kind === 'paragraph' ? [spoken(block.text)] : []))
const headings = (blocks: Block[], level: number): string[] =>
  blocks.flatMap((block) => (block.kind === 'heading' && block.level === level ? [block.text] : []))
const figures = (blocks: Block[]): Figure[] =>
  blocks.flatMap((block) => {
    const cells = block.kind === 'table' ? block.rows.flat() : block.kind === 'paragraph' ? [block.text] : []
    return cells.flatMap(partsOf).filter((part): part is Figure => typeof part === 'object')
  })

describe('minutes', () => {
  const blocks = minutes(evening)

  test('are named after community and kind, and dated', () => {
    const { title, subtitle, issuer, date } = composeMinutes(evening, [])
    expect({ title, subtitle, issuer, date }).toEqual({
      title: '柳荫社区需求座谈会纪要',
      subtitle: '活动室改建',
      issuer: '柳荫社区',
      date: '2026-11-22',
    })
  })

  test('tell in their order what happened', () => {
    expect(headings(blocks, 1)).toEqual([
      ...['基本情况', '议程进行情况', '居民意见', '表态与排序', '决议', '跟进事项', '参会人员'],
    ])
  })

  test('print no number that does not stand at its source', () => {
    const world = worldOf(evening)
    const all = figures(blocks)
    expect(all.length).toBeGreaterThan(60)
    for (const { text, value, source } of all) {
      expect(source).toMatchObject({ of: 'deliberation', inputs: [`deliberation:${evening.id}@120`] })
      expect(lookUp(world, source.path)).toBe(value)
      expect(text).toBe(String(value))
    }
  })

  test('count phones and seats so that they add up to those who came', () => {
    expect(rows(blocks, 'attendance')).toEqual([['30', '42', '25', '17', '28', '14']])
    expect(paragraphs(blocks)).toContain(
      '出席：应到30人，实到42人，其中手机签到28人、座位卡签到14人；既用手机又用座位卡的只计一次。会议结束前离场3人。',
    )
    expect(paragraphs(blocks)).toContain('时间：2026年11月20日19:02至20:47。')
  })

  test('say of each item what was done', () => {
    expect(paragraphs(blocks)).toContain('收集意见。用时36分钟，提出意见4条。')
    expect(paragraphs(blocks)).toContain('形成决议。进行表决4项。')
    expect(paragraphs(minutes({ ...evening, questions: [] }))).toContain('形成决议。本项没有进行。')
  })

  test('order statements by service, count those merged with their target and print both texts', () => {
    expect(headings(blocks, 2).slice(2, 4)).toEqual(['养老服务方面', '其他方面'])
    expect(rows(blocks, 'themes')).toEqual([
      ['养老服务方面', '2', '1'],
      ['其他方面', '1', '0'],
      ['合计', '3', '1'],
    ])
    expect(rows(blocks, 'statements-elder_care')).toEqual([
      ['1', '楼下没有地方遮阴', '列入明年微更新'],
      ['2', '老人买菜回来想坐坐', '并入第1号'],
    ])
    expect(paragraphs(blocks)).toContain(
      '共收到意见5条，其中现场记录3条、手机提交2条。列入本纪要3条，其中1条与他条内容相近、已经并入；未采用1条；尚未审核1条。',
    )
    expect(JSON.stringify(blocks)).not.toContain('广告')
  })

  test('give votes by channel that add up, and hands apart from them', () => {
    const [phone, seat, all, hands] = rows(blocks, 'motion')
    expect(hands).toEqual(['举手（另列）', '—', '3', '0', '0'])
    for (const i of [1, 2, 3, 4]) expect(Number(phone![i]) + Number(seat![i])).toBe(Number(all![i]))
    for (const row of rows(blocks, 'opinions'))
      for (const cell of row.slice(1, 4)) {
        const [, sum, one, other] = /^(\d+)（(\d+)\+(\d+)）$/.exec(cell)!
        expect(Number(one) + Number(other)).toBe(Number(sum))
      }
    for (const [, sum, one, other] of rows(blocks, 'points')) expect(Number(one) + Number(other)).toBe(Number(sum))
  })

  test('say rule, quorum and verdict of a resolution, and why one was voided and put again', () => {
    const said = paragraphs(blocks)
    expect(said).toContain('本次表决作废，结果不计入。原因：题目写错。随后重新表决，结果另列。')
    expect(said).toContain('本次为重新表决，原因：题目已改正。')
    expect(said).toContain('表决方式为公开表决，赞成多于反对即为通过。法定人数为应到30人的50%，即至少15人到会。')
    expect(said.some((each) => /^表决结果：.*31人赞成，6人反对，2人弃权，决议通过。$/.test(each))).toBe(true)
    expect(said).toContain('按照本决议，北门场地应当设置老年活动室。')
  })

  test('tell of a secret ballot no choices by channel', () => {
    const [phone, seat, all] = rows(minutes(secretly(evening)), 'motion')
    expect(phone).toEqual(['手机', '25', '不分列', '不分列', '不分列'])
    expect(seat).toEqual(['座位卡', '14', '不分列', '不分列', '不分列'])
    expect(all).toEqual(['合计', '39', '31', '6', '2'])
  })

  test('list follow-ups with owner, day and what they answer to', () => {
    expect(rows(blocks, 'follow-ups')).toEqual([
      ['1', '联系园林部门补种两棵树', '社区居委会', '2026年12月5日', '第1、2号意见，“是否改建老年活动室”决议', '待办'],
    ])
  })

  test('name those who agreed, and count the others', () => {
    expect(paragraphs(blocks)).toContain('同意在纪要中列名的有2人：李四、赵六。其余40人未同意列名，只计人数。')
  })

  test('put the words of the secretary in their places', () => {
    const own = minutes(evening, [
      { section: 'opening', text: '会议由社区组织。\n\n街道派人参加。' },
      { section: ids.gather, text: '大家谈得热烈。' },
      { section: 'closing', text: '散会。' },
    ])
    const said = paragraphs(own)
    expect(said.indexOf('会议由社区组织。')).toBe(said.indexOf('街道派人参加。') - 1)
    expect(said[said.indexOf('收集意见。用时36分钟，提出意见4条。') + 1]).toBe('大家谈得热烈。')
    expect(headings(own, 1)).toContain('其他事项')
  })

  test('of an empty room say so, and leave out what was not', () => {
    const empty = minutes(nobody)
    expect(headings(empty, 1)).toEqual(['基本情况', '居民意见', '跟进事项'])
    expect(paragraphs(empty)).toContain('没有记录到居民意见。')
  })

  test('of a consultation go by what was asked about, with the answers', () => {
    const lane = { id: 'p1', title: '打通后巷' }
    const asked = minutes({
      ...evening,
      kind: 'consultation',
      endsAt: '2026-11-30T18:00:00.000+08:00',
      proposals: [lane, { id: 'p2', title: '加装路灯' }],
      statements: [
        { ...evening.statements[0]!, proposal: 'p1', answer: 'partly', result: '先通行人', state: 'discussed' },
        { ...evening.statements[2]!, proposal: null },
      ],
    })
    expect(paragraphs(asked)).toContain('时间：2026年11月20日19:00至2026年11月30日18:00。')
    expect(rows(asked, 'statements-p1')).toEqual([['1', '楼下没有地方遮阴', '部分采纳：先通行人']])
    expect(rows(asked, 'statements-whole')).toEqual([['3', '晚上广场太吵']])
    expect(paragraphs(asked)).toContain('没有收到意见。')
  })
})
