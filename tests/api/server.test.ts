import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Running, staff, startApp } from '../setup/app.ts'

describe('the server itself', () => {
  let running: Running
  beforeAll(async () => {
    running = await startApp()
  })
  afterAll(() => running.stop())

  it('says that it runs and that it can take answers', async () => {
    expect((await running.app.inject('/healthz')).json()).toEqual({ ok: true })
    expect((await running.app.inject('/readyz')).json()).toEqual({ ready: true })
  })

  it('counts its own requests for Prometheus', async () => {
    await running.app.inject('/api/districts')
    const { body } = await running.app.inject('/metrics')
    expect(body).toContain(
      'http_request_duration_seconds_count{method="GET",route="/api/districts",status_code="200"} 1',
    )
    expect(body).toContain('nodejs_eventloop_lag_seconds')
  })

  it('counts by route and never by address, so that made-up ones and codes in them stay out of the figures', async () => {
    await running.app.inject('/api/districts/QQ/surveys/made-up-0001')
    await running.app.inject('/no-such-page-0002')
    const { body } = await running.app.inject('/metrics')
    expect(body).toContain('route="/api/districts/:district/surveys/:survey",status_code="404"')
    expect(body).not.toMatch(/made-up-0001|no-such-page-0002/)
  })

  it('shows its figures to nobody from another machine unless they hold the key', async () => {
    const abroad = { remoteAddress: '203.0.113.9' }
    expect((await running.app.inject({ url: '/metrics', ...abroad })).json().code).toBe('sign_in_needed')
    expect((await running.app.inject({ url: '/metrics', ...abroad, headers: staff })).statusCode).toBe(200)
  })

  it('does not take a visitor behind a proxy, or under a foreign host name, for somebody at the machine', async () => {
    const proxied = await running.app.inject({ url: '/metrics', headers: { 'x-forwarded-for': '203.0.113.9' } })
    const rebound = await running.app.inject({ url: '/metrics', headers: { host: 'evil.example' } })
    expect([proxied.statusCode, rebound.statusCode]).toEqual([401, 401])
  })

  it('describes every call it serves', async () => {
    const { paths } = (await running.app.inject('/openapi.json')).json()
    expect(Object.keys(paths)).toContain('/api/districts/{district}/surveys/{survey}/responses')
    for (const operations of Object.values<Record<string, { summary?: string }>>(paths)) {
      for (const operation of Object.values(operations)) expect(operation.summary).toMatch(/\p{Script=Han}/u)
    }
  })

  it('answers an unknown address, a broken body and a wrong type by name, in Chinese', async () => {
    const { app } = running
    const post = (payload: string, type = 'application/json') =>
      app.inject({ method: 'POST', url: '/api/districts/YX/withdrawals', payload, headers: { 'content-type': type } })
    const answers = [
      await app.inject('/nowhere'),
      await post('{'),
      await post('a', 'text/x'),
      await post('{"receipt":7}'),
    ]
    expect(answers.map((answer) => answer.json().code)).toEqual([
      'not_found',
      'malformed',
      'wrong_media_type',
      'bad_request',
    ])
    for (const answer of answers) expect(answer.json().message).toMatch(/\p{Script=Han}/u)
  })

  it('forbids foreign and inline scripts', async () => {
    const { headers } = await running.app.inject('/healthz')
    expect(headers['content-security-policy']).toContain("default-src 'self'")
    expect(headers['content-security-policy']).not.toContain('unsafe')
    expect(headers['x-content-type-options']).toBe('nosniff')
  })
})
