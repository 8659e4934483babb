import { describe, expect, it } from 'vitest'
import { leavesTen, type People } from '../../../shared/demand/renewal.ts'

/** People of whom only the number is told: how many there were at each moment, with a star where it was published. */
function people(told: string, parts: People[] = []): People {
  const moments = told.split(' ').map((each) => {
    return { counts: new Map([['', [Number.parseInt(each, 10)]]]), shown: [each.endsWith('*')] }
  })
  return { moments, parts }
}

describe('what has been published', () => {
  it('leaves ten answers where a part has changed by ten, or not at all', () => {
    expect(leavesTen(people('40* 50*', [people('20* 20*'), people('20* 30*')]))).toBe(true)
    expect(leavesTen(people('40* 53*', [people('20* 23*'), people('20* 30*')]))).toBe(false)
  })

  it('counts those who went like those who came', () => {
    const swapped = {
      counts: new Map([
        ['men', [14]],
        ['women', [6]],
      ]),
      shown: [true],
    }
    const before = {
      counts: new Map([
        ['men', [10]],
        ['women', [10]],
      ]),
      shown: [true],
    }
    // Four came and four went: eight in all, though there are twenty as before.
    expect(leavesTen({ moments: [before, swapped], parts: [] })).toBe(false)
  })

  it('tells a part that stays, where all the others are renewed with the whole', () => {
    expect(leavesTen(people('60* 72*', [people('20* 20*'), people('20* 30*'), people('20* 22')]))).toBe(false)
  })

  it('tells who was hidden before where the other one that hid them is shown now, unchanged', () => {
    expect(leavesTen(people('57* 67*', [people('40* 40*'), people('12 12*'), people('5 15*')]))).toBe(false)
    expect(leavesTen(people('57* 77*', [people('40* 40*'), people('12 22*'), people('5 15*')]))).toBe(true)
  })

  it('tells of a whole that was published without its parts once they are published again', () => {
    expect(leavesTen(people('40* 53* 63*', [people('20* 30 30*'), people('20* 23 33*')]))).toBe(false)
    expect(leavesTen(people('40* 53* 73*', [people('20* 30 40*'), people('20* 23 33*')]))).toBe(true)
  })

  it('is taken apart at every level: a total of some of the parts is published too', () => {
    const elders = people('30* 41* 41*', [people('20 20 20*'), people('10 21 21*')])
    expect(leavesTen(people('60* 71* 71*', [elders, people('30* 30* 30*')]))).toBe(true)
    const fewer = people('25* 36* 36*', [people('20 20 20*'), people('5 16 16*')])
    expect(leavesTen(people('55* 66* 66*', [fewer, people('30* 30* 30*')]))).toBe(false)
  })
})
