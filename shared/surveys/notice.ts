import T, { type Static } from 'typebox'
import { RETENTION_DAYS } from './retention.ts'

/** What a resident is told before the first question. Its version goes with every answer as `consentVersion`. */
export const Notice = T.Object({
  version: T.String(),
  title: T.String(),
  points: T.Array(T.Object({ heading: T.String(), text: T.String() })),
  consent: T.String(),
})
export type Notice = Static<typeof Notice>

/** The notice that a district has put into the definition of its survey, as `notice`. */
export function ownNotice(definition: object): Notice | undefined {
  return (definition as { notice?: Notice }).notice
}

/** Version of what is told; looked at with every answer. */
export const noticeVersion = (definition: object): string => (ownNotice(definition) ?? shippedNotice).version

/** What is told: the survey's own notice, or the shipped one, and in either case how long answers are kept. */
export function noticeOf(own: Notice | undefined, retentionDays = RETENTION_DAYS): Notice {
  const notice = own ?? shippedNotice
  return { ...notice, points: [...notice.points, keptUntil(retentionDays)] }
}

const keptUntil = (days: number) => ({
  heading: '存到什么时候',
  text: `调查结束满 ${days} 天，每个人填的内容自动删除，只留下合在一起的数字。`,
})

/** A change of these words needs a new version: stored answers say which one the person agreed to. */
export const shippedNotice: Notice = {
  version: '2026-11-22-2',
  title: '填写前，请您先看一看',
  points: [
    { heading: '为什么问', text: '社区要添什么服务、先办哪一样，先听您的。一共四分钟左右。' },
    {
      heading: '记下什么',
      text: '只记您选的和写的内容、所在社区和填写时间。不要姓名、电话和身份证号，也不读取手机里的任何东西。为了防止有人冒充大家反复填写，另记一个看不出是谁的设备记号和网络记号，调查一结束就删掉。',
    },
    {
      heading: '怎么用',
      text: '和邻居们的回答合在一起算，用来编制社区的建设方案。不到 10 个人的数字不公布，单份答卷不公开。',
    },
    { heading: '放在哪里', text: '放在本区自己的服务器上，不交给别的公司。由谁负责，以社区张贴的公告为准。' },
    {
      heading: '可以不答，也可以反悔',
      text: '家里有没有需要照顾的情况，会先问您愿不愿意说。交卷后您会得到一个回执码，凭它随时可以撤回，撤回后答案就删掉。',
    },
    { heading: '孩子', text: '未满 14 岁的孩子请不要自己填，由家长说说孩子需要什么。' },
  ],
  consent: '我看明白了，愿意填写这份问卷。',
}
