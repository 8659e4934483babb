/** 物品, 服务, 陪伴, 场所: the last is a need of a place and also belongs into demand. */
export const kinds = ['goods', 'service', 'company', 'place'] as const
export type Kind = (typeof kinds)[number]
export const kindNames: Record<Kind, string> = { goods: '物品', service: '服务', company: '陪伴', place: '场所' }

export const costs = ['none', 'under-100', 'under-500', 'over-500'] as const
export type Cost = (typeof costs)[number]
export const costNames: Record<Cost, string> = {
  none: '不花钱',
  'under-100': '100 元以内',
  'under-500': '100–500 元',
  'over-500': '500 元以上',
}

/** What somebody is called in whose place staff wish, with the name masked. */
export const HARDSHIP = '困难群体'

export const MOST_WISH_LENGTH = 200
export const MOST_EVIDENCE = 9
export const MOST_PHOTO_MB = 15
export const MOST_NOTE_LENGTH = 500
export const MOST_THANKS_LENGTH = 200
/** What a claim is given, and by how much that can be lengthened once, where a district has set nothing else. */
export const CLAIM_DAYS = 14
export const EXTENSION_DAYS = 7
/** The second reminder comes so long before the end; the first at half time. */
export const REMINDER_DAYS = 2
/** After so long without a word from the wisher, staff may confirm. */
export const CONFIRM_DAYS = 7
/** How many claims of a sponsor may be open, where staff have set nothing else. */
export const OPEN_CLAIMS = 5
