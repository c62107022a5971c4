import { isDeepStrictEqual } from 'node:util'
import type { NewEvent } from '@repitbot/contracts/events'
import type { School } from '@repitbot/contracts/school'

/** A school is its own tenant, so both ids are the same. */
export type SchoolRow = School & { schoolId: string }
export type SchoolChange = { [K in 'name' | 'language' | 'zone']?: School[K] | undefined }

/** A change that changes nothing is no new version: the school itself comes back. */
export function changeSchool(school: School, change: SchoolChange): School {
  const given = Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined))
  const next = { ...school, ...given }
  return isDeepStrictEqual(next, school) ? school : { ...next, version: school.version + 1 }
}

export const schoolUpdated = ({ id: schoolId, name, language, zone, version }: School): NewEvent => ({
  name: 'school.updated',
  schoolId,
  body: { name, language, zone, version },
})
