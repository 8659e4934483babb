import type pg from 'pg'
import { onPool } from '../db/database.ts'
import { compareTallies, rebuildTallies } from '../surveys/recount.ts'
import { chosenDistricts } from './chosen-districts.ts'
import { onDatabase } from './on-database.ts'

const usage = '用法：npm run tallies -- --check | --rebuild [--district 区县代码]\n'

interface Wish {
  rebuild: boolean
  district?: string
}

function read(args: string[]): Wish | undefined {
  const at = args.indexOf('--district')
  const district = at < 0 ? undefined : args[at + 1]?.toUpperCase()
  const rest = args.filter((_, index) => at < 0 || (index !== at && index !== at + 1))
  const [mode] = rest
  const known = rest.length === 1 && (mode === '--check' || mode === '--rebuild') && (at < 0 || district !== undefined)
  return known ? { rebuild: mode === '--rebuild', district } : undefined
}

/** Checks or makes anew; returns how many tallies differ afterwards. */
async function work(pool: pg.Pool, { rebuild, district }: Wish): Promise<number> {
  const db = onPool(pool)
  let different = 0
  for (const { id, code, name } of await chosenDistricts(db, district)) {
    if (rebuild) await rebuildTallies(db, pool, id)
    const results = await compareTallies(db, pool, id)
    if (results.length === 0) process.stdout.write(`${name}（${code}）：还没有发布过问卷。\n`)
    for (const result of results) {
      different += result.different
      const verdict = result.different === 0 ? '全部一致' : `其中 ${result.different} 行不一致`
      process.stdout.write(
        `${name}（${code}）问卷 ${result.survey} 第 ${result.version} 版：答卷 ${result.responses} 份，` +
          `比对汇总 ${result.compared} 行，${verdict}。\n`,
      )
    }
  }
  if (different > 0) process.stdout.write('汇总与答卷不符，请执行 npm run tallies -- --rebuild 重建。\n')
  return different
}

const wish = read(process.argv.slice(2))
if (wish) {
  await onDatabase(2, async (pool) => {
    if ((await work(pool, wish)) > 0) process.exitCode = 1
  })
} else {
  process.stderr.write(usage)
  process.exitCode = 2
}
