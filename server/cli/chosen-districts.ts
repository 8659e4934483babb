import type { District } from '../../shared/places/api.ts'
import type { Db } from '../db/database.ts'
import { districts } from '../places/queries.ts'

/** The district of this code, or all of them. @throws {Error} in Chinese where there is none */
export async function chosenDistricts(db: Db, code: string | undefined): Promise<District[]> {
  const all = await districts(db)
  if (all.length === 0) throw new Error('数据库里还没有区县；请先运行 npm start 装入数据。')
  const found = all.filter((each) => code === undefined || each.code === code)
  if (found.length === 0) throw new Error(`没有代码为 ${code} 的区县，现有：${codesOf(all)}。`)
  return found
}

export const codesOf = (all: District[]): string => all.map(({ code }) => code).join('、')
