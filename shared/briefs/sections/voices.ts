import { type Block, type Cell, type Sentence, told } from '../../document.ts'
import type { Facts } from '../facts.ts'
import type { Teller } from '../figures.ts'
import type { ThemeFigures } from '../themes.ts'
import { dateInWords } from '../words.ts'
import type { World } from '../world.ts'
import { right } from './columns.ts'
import { countedWith } from './counted.ts'

const MOST_QUOTED = 3

/** 居民的话: what residents wrote in their own words, by theme, and a few of the words themselves. */
export function voicesSection(facts: Facts, world: World, tell: Teller): Block[] {
  const { themes } = world
  if (!themes) return []
  const heading: Block = { kind: 'heading', level: 2, text: '居民的话' }
  const people = countedWith(tell, 'themes', 'people')
  if (themes.themes.length === 0)
    return [heading, paragraph(told`有${people(themes.wrote, 'wrote')}位居民在问卷里写下了意见，还没有经人归类。`)]
  const asOf = dateInWords(facts.composedAt)
  const quoted = quotedOf(themes)
  return [
    heading,
    paragraph(
      told`截至${asOf}，有${people(themes.wrote, 'wrote')}位居民在问卷里写下了意见，其中${people(themes.coded, 'coded')}位的意见经工作人员逐条确认归入主题。`,
    ),
    {
      kind: 'table',
      code: 'themes',
      caption: '居民意见的主题',
      columns: [{ title: '主题', width: 2 }, right('人数')],
      rows: themes.themes.map((theme): Cell[] => [theme.code, people(theme, 'themes', theme.code)]),
      note: ['人数未加权，一人写到几个主题各计一次；写意见的居民不能代表全体居民。'],
    },
    ...(quoted.length > 0
      ? [
          paragraph(['以下是居民的原话，姓名和号码已经隐去，“……”处有删节：']),
          { kind: 'list' as const, items: quoted.map(({ theme, text }): Sentence => [`${theme}：“${text}”`]) },
        ]
      : []),
  ]
}

const paragraph = (text: Sentence): Block => ({ kind: 'paragraph', text })

function quotedOf({ themes, quotations }: ThemeFigures): ThemeFigures['quotations'] {
  return themes.flatMap(({ code }) => quotations.filter(({ theme }) => theme === code).slice(0, MOST_QUOTED))
}
