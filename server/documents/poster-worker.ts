import { answerOrders } from '../platform/orders.ts'
import { type Poster, posterPdf } from './poster.ts'

answerOrders(
  (poster: Poster) => new Uint8Array(posterPdf(poster)),
  (file) => [file.buffer],
)
