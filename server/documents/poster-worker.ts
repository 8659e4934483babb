import { answerOrders } from '../platform/orders.ts'
import { type Poster, posterPdf } from './poster.ts'
import { type Slips, slipsPdf } from './slips.ts'

answerOrders(
  (sheet: Poster | Slips) => new Uint8Array('slips' in sheet ? slipsPdf(sheet) : posterPdf(sheet)),
  (file) => [file.buffer],
)
