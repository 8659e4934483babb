import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { TLocalizedValidationError } from 'typebox/error'
import type { Detail } from '../shared/problem.ts'
import { isConnectionLost } from './db/lost-connection.ts'
import { Refusal } from './refusal.ts'
import { refuse } from './refusals.ts'

/** Turns whatever was thrown into an answer: refusals as they are, the framework's and the database's known faults by name, the rest a bare 500 and a log line that holds no personal data. */
export function answerErrors(app: FastifyInstance): void {
  app.setErrorHandler((error: FastifyError, request, reply) => {
    const refusal = named(error)
    if (refusal) {
      if (isKeptOut(refusal, request)) noteKeptOut(refusal, request)
      return answer(reply, refusal)
    }
    request.log.error(
      { code: error.code, name: error.name, at: frames(error), route: request.routeOptions.url },
      'unknown error',
    )
    return answer(reply, new Refusal(500, 'internal', '系统出了点问题，已经记录下来，请稍后再试。'))
  })
  app.setNotFoundHandler((_request: FastifyRequest, reply: FastifyReply) => answer(reply, refuse.notFound()))
}

/** Whether somebody was not let in, or not there: what is out of their reach they are told does not exist. */
function isKeptOut({ status, code }: Refusal, { caller }: FastifyRequest): boolean {
  if (status === 401 || code === 'too_many_tries') return true
  return status === 403 ? code !== 'survey_closed' : status === 404 && caller?.person !== undefined
}

/** One line each, whatever kept them out; nothing in it is what they wrote. */
function noteKeptOut({ code }: Refusal, { caller, log, ip, method, routeOptions }: FastifyRequest): void {
  log.info(
    { code, who: caller?.person?.id ?? caller?.kind, from: ip, call: `${method} ${routeOptions.url}` },
    'kept out',
  )
}

/** For addresses that cannot be read: the framework answers those before anything else has a say. */
export function answerBadAddress(_error: FastifyError, _request: FastifyRequest, reply: FastifyReply): void {
  answer(reply, refuse.notFound())
}

function answer(reply: FastifyReply, refusal: Refusal): FastifyReply {
  if (refusal.retryAfter) reply.header('retry-after', refusal.retryAfter)
  return reply.code(refusal.status).type('application/json; charset=utf-8').send(refusal.toProblem())
}

function named(error: FastifyError): Refusal | undefined {
  if (error instanceof Refusal) return error
  if (error.validation)
    return refuse.badRequest(
      describe(error.validation as unknown as TLocalizedValidationError[], error.validationContext),
    )
  if (isConnectionLost(error)) return refuse.databaseAway()
  switch (error.code) {
    case 'FST_ERR_CTP_BODY_TOO_LARGE':
    case 'FST_REQ_FILE_TOO_LARGE':
      return refuse.tooLarge()
    case 'FST_ERR_CTP_INVALID_MEDIA_TYPE':
    case 'FST_INVALID_MULTIPART_CONTENT_TYPE':
      return refuse.wrongMediaType()
  }
  const status = error.statusCode ?? 500
  if (status === 404 || status === 414) return refuse.notFound()
  // The database reports text it cannot store (NUL, half a surrogate pair) with class 22.
  if ((status >= 400 && status < 500) || error.code?.startsWith('22')) return refuse.malformed()
}

const rules: Record<string, string> = {
  required: '缺少必填的内容',
  additionalProperties: '有不认识的字段',
  type: '类型不对',
  format: '格式不对',
  pattern: '格式不对',
  enum: '不在可选的范围内',
  const: '不在可选的范围内',
  anyOf: '不在可选的范围内',
  minLength: '太短',
  maxLength: '太长',
  minimum: '太小',
  maximum: '太大',
}

function describe(errors: TLocalizedValidationError[], context = 'body'): Detail[] {
  return errors.slice(0, 20).map(({ instancePath, keyword }) => ({
    at: `${context}${instancePath}`.slice(0, 200),
    rule: keyword,
    message: `${rules[keyword] ?? '不符合要求'}，请改正。`,
  }))
}

/** Where it happened, without the message: messages may quote what a resident wrote. */
function frames(error: Error): string[] {
  return (error.stack ?? '')
    .split('\n')
    .filter((line) => /^\s+at /.test(line))
    .slice(0, 8)
    .map((line) => line.trim())
}
