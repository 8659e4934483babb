import fc from 'fast-check'
import { zipSync } from 'fflate'
import { describe, expect, test } from 'vitest'
import { fileCounter } from '../../../web/briefs/count-files.ts'

describe('the progress of a ZIP download', () => {
  test('counts the briefs and not the parts inside of them, however the bytes are cut', () => {
    const inner = zipSync(
      { 'word/document.xml': new Uint8Array(50), 'word/styles.xml': new Uint8Array(9) },
      { level: 0 },
    )
    const zip = zipSync(
      {
        '西何社区/方案.docx': inner,
        '西何社区/方案.xlsx': inner,
        '西何社区/方案.pdf': new Uint8Array(80),
        '清单.csv': inner,
      },
      { level: 0 },
    )
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 1 }), (cuts) => {
        const count = fileCounter()
        let counted = count(new Uint8Array(0))
        for (let at = 0, i = 0; at < zip.length; i++) {
          const end = at + cuts[i % cuts.length]!
          counted = count(zip.subarray(at, end))
          at = end
        }
        expect(counted).toEqual({ files: 4, briefs: 1 })
      }),
    )
  })
})
