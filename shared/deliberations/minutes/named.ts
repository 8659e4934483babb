import { type Block, told } from '../../document.ts'
import type { Count } from './figures.ts'
import { heading, paragraph } from './words.ts'
import type { MinutesWorld } from './world.ts'

/** Those who let themselves be named; of the others only how many they are. */
export function namedSection({ attendance: { named, agreed, unnamed } }: MinutesWorld, count: Count): Block[] {
  if (agreed === 0) return []
  const others = unnamed > 0 ? told`其余${count('attendance', 'unnamed')}人未同意列名，只计人数。` : []
  const these = told`同意在纪要中列名的有${count('attendance', 'agreed')}人：${named.join('、')}。`
  return [heading(1, '参会人员'), paragraph(...told`${these}${others}`)]
}
