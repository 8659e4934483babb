import type { Channel } from './api.ts'

export const channelNames: Record<Channel, string> = { online: '线上', visit: '入户', paper: '纸质', meeting: '会场' }
