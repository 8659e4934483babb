import { startJobs } from './jobs.ts'

await startJobs(process.argv[2] ?? '', (jobs) => {
  jobs.work('held', async () => {
    console.log('held')
    await new Promise(() => undefined)
  })
})
