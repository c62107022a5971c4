import type { School } from '@repitbot/contracts/school'

/** A school is its own tenant, so both ids are the same. */
export type SchoolRow = School & { schoolId: string }
export type SchoolChange = Partial<Pick<School, 'name' | 'language' | 'zone'>>

export function changeSchool(school: School, change: SchoolChange): School {
  const given = Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined))
  return { ...school, ...given, version: school.version + 1 }
}
