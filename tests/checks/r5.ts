import { setTimeout as sleep } from 'node:timers/promises'
import { recounted } from './audit.ts'
import { atLeast, type Check, judge, none } from './check.ts'
import { type Storm, startStorm } from './storm.ts'

/** Every tally is what a recount says, over all that the checks before this one have sent, and more where that is too little. */
export const r5: Check = async (house, size) => {
  const wanted = size === 'full' ? 50_000 : 500
  const faults: Storm['faults'] = []
  for (;;) {
    const { different, responses } = await recounted(house)
    const figures = [atLeast('responses', responses, wanted), none('tally_differences', different)]
    if (responses >= wanted || faults.length > 0) return judge('R5', size, figures, faults)
    faults.push(...(await moreAnswers(startStorm(house), wanted - responses)))
  }
}

async function moreAnswers(storm: Storm, missing: number): Promise<string[]> {
  while (storm.answers.size < missing && storm.faults.length === 0) await sleep(100)
  await storm.stop()
  return storm.faults
}
