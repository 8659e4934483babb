import T from 'typebox'

export const id = T.String({ format: 'uuid' })

/** It, or null where there is none. */
export const maybe = <S extends Parameters<typeof T.Union>[0][number]>(schema: S) => T.Union([schema, T.Null()])
