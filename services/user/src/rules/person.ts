import type { Membership as MembershipReply } from '@repitbot/contracts/auth'
import type { NewEvent } from '@repitbot/contracts/events'
import type { Language, PersonCard, Role } from '@repitbot/contracts/person-card'

/** A human being. E-mail and Telegram are both optional: a small child has neither. */
export type Person = {
  id: string
  email: string | null
  /** When the person proved by a letter that the address is theirs; nothing else is sent there before. */
  emailConfirmedAt: Date | null
  telegramId: string | null
  passwordHash: string | null
}
/** So many may give one address before somebody confirms it; each costs a hash when they sign in. */
export const accountsMax = 3
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
  /** An admin who gives lessons too; false in every other role. */
  teaches: boolean
  phone: string | null
  version: number
}
/** A membership as its own person sees it, across schools. */
export type PersonMembership = MembershipReply & { active: boolean; language: Language }
/** A membership with the e-mail and Telegram id of its person. */
export type Member = Membership & Pick<Person, 'email' | 'emailConfirmedAt' | 'telegramId'>
/** What a decision changes; with `signsOut` every session of the membership ends in the same transaction. */
export type Outcome = { member: Member; events: NewEvent[]; signsOut?: 'disabled' | 'role_changed' }

/** The whole card, as every service gets it. An address that nobody has confirmed is not in it, so that nothing is sent there. */
export const cardOf = (member: Member): PersonCard & { signsIn: boolean } => ({
  userId: member.id,
  role: member.role,
  name: member.name,
  language: member.language,
  zone: member.zone,
  quietHours: member.quietHours,
  channels: member.channels,
  birthYear: member.birthYear,
  email: member.emailConfirmedAt ? member.email : null,
  telegramChatId: member.telegramId,
  active: member.active,
  teaches: member.teaches,
  signsIn: member.email !== null || member.telegramId !== null,
  version: member.version,
})

export const userCreated = (member: Member): NewEvent => ({ name: 'user.created', schoolId: member.schoolId, body: cardOf(member) })
export const userUpdated = (member: Member): NewEvent => ({ name: 'user.updated', schoolId: member.schoolId, body: cardOf(member) })

/** A person as others in the school see them: without the Telegram id. The phone is for those who reach the person, so no card of an event has it. */
export function toPersonReply(member: Member) {
  const { telegramChatId, ...card } = cardOf(member)
  return { ...card, email: member.email, phone: member.phone }
}

type Beginning = {
  id: string
  personId: string
  school: { id: string; language: Language; zone: string }
  role: Role
  teaches?: boolean
  profile: { name: string; language?: Language | undefined; zone?: string | undefined; birthYear?: number | undefined }
}
/** A new membership: language and zone are the school's until the person changes them. */
export const newMember = ({ id, personId, school, role, teaches = false, profile }: Beginning): Member => ({
  id,
  schoolId: school.id,
  personId,
  role,
  name: profile.name,
  language: profile.language ?? school.language,
  zone: profile.zone ?? school.zone,
  quietHours: null,
  channels: null,
  birthYear: profile.birthYear ?? null,
  active: true,
  teaches,
  phone: null,
  version: 1,
  email: null,
  emailConfirmedAt: null,
  telegramId: null,
})
