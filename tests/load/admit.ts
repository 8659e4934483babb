import { compileCondition } from '../../server/surveys/conditions.ts'
import { extraServices, shippedCatalogue } from '../../shared/places/catalogue.ts'
import { compile } from '../../shared/surveys/compile.ts'
import { questionnaire } from '../../shared/surveys/questionnaire.ts'
import { respond, seeded } from '../unit/surveys/random-answers.ts'

const ANSWERS = 2_000
const BATCHES = 60
const LIMIT_MS = 0.1

const definition = questionnaire(shippedCatalogue(extraServices).services)
const compiled = compile(definition, compileCondition)
if (!compiled.ok) throw new Error(JSON.stringify(compiled.refusals))
const { survey } = compiled
const random = seeded(1)
const answers = Array.from({ length: ANSWERS }, () => respond(survey, definition, random))

/** CPU milliseconds for one answer, over one pass through a batch. */
function passMs(batch: typeof answers): number {
  const before = process.cpuUsage()
  const refused = batch.filter((each) => survey.admit(each).length > 0)
  const { user, system } = process.cpuUsage(before)
  if (refused.length > 0) throw new Error(`a valid answer was refused: ${JSON.stringify(refused[0])}`)
  return (user + system) / 1_000 / batch.length
}

const times: number[] = []
for (let pass = 0; pass < BATCHES; pass++) times.push(passMs(answers))
times.sort((a, b) => a - b)
const value = times[Math.floor(times.length / 2)] as number
const figure = {
  bench: 'admit',
  figure: 'cpu_median',
  value,
  unit: 'ms',
  limit: LIMIT_MS,
  ratio: value / LIMIT_MS,
  better: 'lower',
}
console.log(JSON.stringify(figure))
if (value > LIMIT_MS) process.exitCode = 1
