import { describe, expect, test } from 'vitest'
import { listPeople, readMe } from '../../../shared/people/api.ts'
import { searchAuditCall } from '../../../shared/people/audit-api.ts'
import { readOutbox } from '../../../shared/people/notices-api.ts'
import { mayMake } from '../../../shared/people/permissions.ts'
import type { Grant } from '../../../shared/people/roles.ts'
import { createDistrictCall } from '../../../shared/places/api.ts'

const officer: Grant = { role: 'officer', level: 'subdistrict', code: 'S01' }
const administrator: Grant = { role: 'administrator', level: 'district', code: '' }
const courier: Grant = { role: 'courier', level: 'district', code: '' }

describe('what pages offer somebody', () => {
  test('is what the table of permissions gives to one of their roles', () => {
    expect(mayMake(listPeople, [officer])).toBe(true)
    expect(mayMake(listPeople, [courier])).toBe(false)
    expect(mayMake(searchAuditCall, [administrator])).toBe(false)
    expect(mayMake(readOutbox, [courier, administrator])).toBe(true)
  })

  test('leaves out what counts at the district for those who hold the role below it', () => {
    expect(mayMake(readOutbox, [{ ...administrator, level: 'subdistrict', code: 'S01' }])).toBe(false)
  })

  test('is everybody’s own business for everybody, and what needs the key for nobody', () => {
    expect(mayMake(readMe, [])).toBe(true)
    expect(mayMake(createDistrictCall, [administrator])).toBe(false)
    expect(mayMake({ method: 'GET', url: '/api/nowhere' }, [administrator])).toBe(false)
  })
})
