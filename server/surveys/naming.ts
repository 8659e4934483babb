import type { FastifyInstance } from 'fastify'
import { nameOf } from '../people/me.ts'
import { person } from '../people/queries.ts'
import type { NameOf } from './drafts.ts'

const others: Record<string, string> = { key: '持工作密钥的人', local: '服务器本机的人' }

/** People by their names, as far as they are still known. */
export function naming({ secrets }: FastifyInstance, districtId: number): NameOf {
  return async (db, actor) => {
    const other = others[actor]
    if (other) return other
    const one = await person(db, districtId, actor)
    return one && one.kind !== 'erased' ? nameOf(secrets, one) : '一位已经离开的同事'
  }
}
