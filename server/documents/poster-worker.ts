import { answerOrders } from '../platform/orders.ts'
import { certificatePdf } from './certificate.ts'
import { posterPdf } from './poster.ts'
import type { Printed } from './press.ts'
import { seatsPdf } from './seats.ts'
import { slipsPdf } from './slips.ts'

answerOrders(
  (sheet: Printed) => new Uint8Array(pdfOf(sheet)),
  (file) => [file.buffer],
)

function pdfOf(sheet: Printed): Buffer {
  if ('certificate' in sheet) return certificatePdf(sheet)
  if ('slips' in sheet) return slipsPdf(sheet)
  return 'seats' in sheet ? seatsPdf(sheet) : posterPdf(sheet)
}
