import { type ServiceWords, suggestedService } from '../../shared/deliberations/suggest.ts'
import { answerOrders } from '../platform/orders.ts'
import { wordsOf } from '../platform/segment.ts'

export interface Order {
  texts: string[]
  keywords: ServiceWords[]
}

/** The service that each text is about, as far as its words say. */
answerOrders(({ texts, keywords }: Order): (string | null)[] =>
  texts.map((text) => suggestedService(wordsOf(text, false), keywords)),
)
