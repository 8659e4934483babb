import { expect, test } from 'vitest'
import { readable } from '../../../shared/quality/readable.ts'

test('what people wrote is read without names, numbers and doors, and what they chose as it is', () => {
  const choices = [{ value: 'other', text: '其他' }]
  const of = (name: string, type: string) => ({ name, title: name, type, choices, rows: [] })
  const questions = [of('needs', 'checkbox'), of('words', 'comment'), of('when', 'text'), of('home', 'paneldynamic')]
  const said = readable(questions, {
    needs: ['other'],
    'needs-Comment': '我叫张伟，住3号楼502',
    words: '请打13800138000找我',
    when: '2026-11-22',
    home: [{ remark: '加VX wang5678' }],
  })
  expect(said).toEqual([
    { title: 'needs', text: '其他', open: false },
    { title: 'needs（补充）', text: '我叫〔姓名〕，住〔门牌〕', open: true },
    { title: 'words', text: '请打〔电话〕找我', open: true },
    { title: 'when', text: '2026-11-22', open: true },
    { title: 'home', text: '{"remark":"加VX 〔微信号〕"}', open: true },
  ])
})
