import { randomUUIDv7 } from 'node:crypto'
import type { Role } from '@repitbot/contracts/endpoint'
import type { PersonCard } from '@repitbot/contracts/person-card'

export type Person = { userId: string; schoolId: string; role: Role }

const roles = {
  admin: 'admin',
  /** An admin who gives lessons too. */
  owner: 'admin',
  tutor: 'tutor',
  otherTutor: 'tutor',
  student: 'student',
  sibling: 'student',
  otherStudent: 'student',
  parent: 'parent',
  otherParent: 'parent',
  stranger: 'admin',
  tutorB: 'tutor',
  studentB: 'student',
} as const satisfies Record<string, Role>
export type Somebody = keyof typeof roles
const inSchoolB: Somebody[] = ['stranger', 'tutorB', 'studentB']

/** The links between the people of a world. */
export const links: [holder: Somebody, over: Somebody, as: 'parent' | 'tutor'][] = [
  ['parent', 'student', 'parent'],
  ['parent', 'sibling', 'parent'],
  ['otherParent', 'otherStudent', 'parent'],
  ['tutor', 'student', 'tutor'],
  ['tutor', 'sibling', 'tutor'],
  ['otherTutor', 'otherStudent', 'tutor'],
  ['tutorB', 'studentB', 'tutor'],
]

/** The people of two schools, with new ids in each world. */
export function somePeople(): Record<Somebody, Person> {
  const schools = { a: randomUUIDv7(), b: randomUUIDv7() }
  const person = (name: Somebody): Person => ({
    userId: randomUUIDv7(),
    schoolId: inSchoolB.includes(name) ? schools.b : schools.a,
    role: roles[name],
  })
  return Object.fromEntries((Object.keys(roles) as Somebody[]).map((name) => [name, person(name)])) as Record<Somebody, Person>
}

export const cardOf = (name: string, { userId, role }: Person): PersonCard => ({
  userId,
  role,
  name,
  language: 'ru',
  zone: 'Europe/Moscow',
  quietHours: null,
  channels: null,
  birthYear: null,
  email: null,
  telegramChatId: null,
  active: true,
  teaches: name === 'owner',
  version: 1,
})
