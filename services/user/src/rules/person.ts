import type { NewEvent } from '@repitbot/contracts/events'
import type { Language, PersonCard, Role } from '@repitbot/contracts/people'

/** A human being; both ways to be known are optional, a small child has neither. */
export type Person = { id: string; email: string | null; telegramId: string | null; passwordHash: string | null }
/** A person in one school, in one role: what every other service calls a user. */
export type Membership = {
  id: string
  schoolId: string
  personId: string
  role: Role
  name: string
  language: Language
  zone: string
  quietHours: { from: string; until: string } | null
  channels: PersonCard['channels']
  birthYear: number | null
  active: boolean
  version: number
}
/** A membership together with how its person is reached. */
export type Member = Membership & Pick<Person, 'email' | 'telegramId'>
/** What a decision leaves behind; with `signsOut` every sign-in of the membership ends in the same transaction. */
export type Outcome = { member: Member; says: NewEvent[]; signsOut?: 'disabled' | 'role_changed' }

/** The whole card, as every service hears it. */
export const cardOf = (member: Member): PersonCard => ({
  userId: member.id,
  role: member.role,
  name: member.name,
  language: member.language,
  zone: member.zone,
  quietHours: member.quietHours,
  channels: member.channels,
  birthYear: member.birthYear,
  email: member.email,
  telegramChatId: member.telegramId,
  active: member.active,
  version: member.version,
})

export const created = (member: Member): NewEvent => ({ name: 'user.created', schoolId: member.schoolId, body: cardOf(member) })
export const updated = (member: Member): NewEvent => ({ name: 'user.updated', schoolId: member.schoolId, body: cardOf(member) })

/** The person as people of the school see it: without the chat's id. */
export function shown(member: Member) {
  const { telegramChatId, ...card } = cardOf(member)
  return { ...card, signsIn: member.email !== null || telegramChatId !== null }
}

type Beginning = {
  id: string
  personId: string
  school: { id: string; language: Language; zone: string }
  role: Role
  profile: { name: string; language?: Language | undefined; zone?: string | undefined; birthYear?: number | undefined }
}
/** A membership as it begins: language and zone are the school's until the person says otherwise. */
export const newMember = ({ id, personId, school, role, profile }: Beginning): Member => ({
  id,
  schoolId: school.id,
  personId,
  role,
  name: profile.name,
  language: profile.language ?? school.language,
  zone: profile.zone ?? school.zone,
  quietHours: null,
  channels: [],
  birthYear: profile.birthYear ?? null,
  active: true,
  version: 1,
  email: null,
  telegramId: null,
})
