import { type QueryClient, useQueryClient } from '@tanstack/react-query'
import { listPeople, type Person } from '../../shared/people/api.ts'
import { addressOf } from '../api/call.ts'

const keyOf = (district: string) => [addressOf(listPeople, { district })]

/** The list of people after somebody was added, or changed in a way that the answer does not tell. */
export async function readPeopleAnew(queries: QueryClient, district: string): Promise<void> {
  await queries.invalidateQueries({ queryKey: keyOf(district) })
}

/** Puts a person as the server has just described them into the list: asking for all of them again would be one more look. */
export function usePutPerson(district: string): (one: Person) => void {
  const queries = useQueryClient()
  return (one) =>
    queries.setQueryData<Person[]>(keyOf(district), (people) =>
      people?.map((each) => (each.id === one.id ? one : each)),
    )
}
