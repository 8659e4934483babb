import { connect, type Socket } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { numbers, submissionOf } from '../load/answers.ts'
import type { House } from './house.ts'
import { askAs } from './s1-ask.ts'

/** Opens so many connections that send a byte now and then, half of them within the head and half within the body, and makes normal calls meanwhile. */
export async function slowloris(house: House, count: number, seconds: number) {
  const sockets = await Promise.all(Array.from({ length: count }, (_, index) => begin(house, index)))
  const dripping = setInterval(() => {
    for (const [index, socket] of sockets.entries())
      if (socket.writable) socket.write(index % 2 === 0 ? 'X-a: b\r\n' : ' ')
  }, 500)
  const took: number[] = []
  const refused: string[] = []
  const random = numbers(11)
  const until = performance.now() + seconds * 1_000
  while (performance.now() < until || took.length < 20) {
    const submission = submissionOf(random, ['C002'], {}, false)
    const calls = [
      { method: 'POST', path: '/api/districts/YX/surveys/needs2026/responses', body: submission },
      { method: 'GET', path: '/api/districts/YX/surveys/needs2026' },
    ]
    for (const call of calls) {
      const begun = performance.now()
      const { status, body } = await askAs(house, {}, call)
      took.push(performance.now() - begun)
      if (status >= 300) refused.push(`${call.method} ${call.path}: ${status} ${body}`)
    }
    await sleep(20)
  }
  clearInterval(dripping)
  const opened = sockets.length
  for (const socket of sockets) socket.destroy()
  const sorted = took.sort((one, other) => one - other)
  return { opened, normal: took.length, refused, p95Ms: sorted[Math.floor(sorted.length * 0.95)] ?? Number.NaN }
}

function begin({ url }: House, index: number): Promise<Socket> {
  const heads = `POST /api/sign-in HTTP/1.1\r\nHost: ${url.host}\r\nContent-Type: application/json\r\n`
  return new Promise((resolve, reject) => {
    const socket = connect(Number(url.port), url.hostname, () => {
      // From here on the server may end it whenever it likes.
      socket.removeAllListeners('error').on('error', () => undefined)
      socket.write(index % 2 === 0 ? heads : `${heads}Content-Length: 5000\r\n\r\n{`)
      resolve(socket)
    })
    socket.once('error', reject)
  })
}
