import { TypeBoxValidatorCompiler } from '@fastify/type-provider-typebox'
import type { FastifySchemaCompiler } from 'fastify'
import type { TSchema } from 'typebox'
import { Compile } from 'typebox/compile'

/** What is right as it came is taken as it is: turning text into numbers is only tried where that makes it right. */
export const validatorCompiler: FastifySchemaCompiler<TSchema> = (route) => {
  const asItCame = Compile(route.schema)
  const converted = TypeBoxValidatorCompiler(route)
  return (value: unknown) => (asItCame.Check(value) ? { value } : converted(value))
}
