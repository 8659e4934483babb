import { randomUUID } from 'node:crypto'
import type { AgendaItem, Plan } from '../../shared/deliberations/api.ts'

const agendaItem = (title: string, kind: AgendaItem['kind']): AgendaItem => {
  return { id: randomUUID(), title, kind, minutes: 10 }
}

/** A forum in C001 with three items on its agenda. */
export const forum = (more: Partial<Plan> = {}): Plan => ({
  kind: 'forum',
  title: '和平里社区需求座谈会',
  community: 'C001',
  compounds: [],
  place: '社区活动室',
  startsAt: '2026-11-28T11:00:00.000Z',
  endsAt: null,
  host: '李书记',
  moderated: true,
  speakerSeconds: 180,
  seats: 30,
  agenda: [
    agendaItem('通报改造安排', 'inform'),
    agendaItem('大家缺什么', 'gather'),
    agendaItem('要不要建食堂', 'resolve'),
  ],
  proposals: [],
  ...more,
})

/** A consultation on a draft plan in C001, open from yesterday to a week from now. */
export const consultation = (more: Partial<Plan> = {}): Plan => ({
  ...forum({ kind: 'consultation', title: '行动蓝图征求意见', agenda: [], seats: 0 }),
  startsAt: new Date(Date.now() - 86_400_000).toISOString(),
  endsAt: new Date(Date.now() + 7 * 86_400_000).toISOString(),
  proposals: [
    { id: randomUUID(), title: '建社区食堂', text: '利用原锅炉房' },
    { id: randomUUID(), title: '装三部电梯', text: '' },
  ],
  ...more,
})
