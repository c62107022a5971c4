import { z } from 'zod'
import { api } from './endpoint.ts'
import { Language, PersonCard, ReachAs, Role, Zone } from './person-card.ts'
import { BirthYear, Name, Phone, ProfileChange } from './profile.ts'
import { Version } from './version.ts'
import { PeopleSort, peoplePageMax, WantedPeople } from './wanted-people.ts'

const ids = (max: number) =>
  z
    .array(z.uuid())
    .max(max)
    .refine((all) => new Set(all).size === all.length, { error: 'Expected each id once' })

/** A membership as people of the school see it. `signsIn`: whether it has an account. */
export const Person = PersonCard.omit({ telegramChatId: true }).extend({ signsIn: z.boolean(), phone: z.string().nullable() })
export type Person = z.output<typeof Person>

/** Whether copies of notices are sent, and where, is everybody's own consent. */
const ChangeOfAnother = ProfileChange.omit({ channels: true }).extend({ version: Version })

export const NewPerson = z.strictObject({
  role: z.enum(['student', 'parent', 'tutor']),
  name: Name,
  language: Language.optional(),
  zone: Zone.optional(),
  birthYear: BirthYear.optional(),
  /** For a parent: the children. For a tutor: their first students. */
  studentIds: ids(50).optional(),
  /** For a student whom an admin adds: the tutors. A student whom a tutor adds is always linked to that tutor. */
  tutorIds: ids(20).optional(),
})
export type NewPerson = z.output<typeof NewPerson>

export const Link = z.strictObject({ holderId: z.uuid(), overId: z.uuid(), as: ReachAs })
export type Link = z.output<typeof Link>

export const NewInvitation = z.strictObject({
  role: Role,
  /** The membership for the invited person; without it a new one is made with the name that they give. */
  userId: z.uuid().optional(),
  /** The children of a new parent; an invitation of a parent without `userId` needs at least one. */
  studentIds: ids(50).optional(),
})
export type NewInvitation = z.output<typeof NewInvitation>

export const Invitation = z.object({
  id: z.uuid(),
  role: Role,
  userId: z.uuid().nullable(),
  studentIds: z.array(z.uuid()),
  invitedBy: z.uuid(),
  expiresAt: z.iso.datetime(),
})
export type Invitation = z.output<typeof Invitation>
/** Returned once, when it is made: only hashes are stored. An invitation of an admin has no pairing code. */
export const MadeInvitation = Invitation.extend({
  token: z.string(),
  link: z.string(),
  /** Null where the installation has no bot. */
  telegramLink: z.string().nullable(),
  code: z.string().nullable(),
})
export type MadeInvitation = z.output<typeof MadeInvitation>

const everyone = { admin: 'own', tutor: 'own', parent: 'own', student: 'own' } as const
const readers = { admin: 'school', tutor: 'linked', parent: 'linked', student: 'own' } as const
const keepers = { admin: 'school', tutor: 'linked' } as const
const admins = { admin: 'school' } as const
const one = z.strictObject({ userId: z.uuid() })

/** `teaches`: an admin gives lessons too. Without it they no longer do. */
const NewRole = z
  .strictObject({ role: Role, teaches: z.boolean().default(false), version: Version })
  .refine(({ role, teaches }) => !teaches || role === 'admin', {
    path: ['teaches'],
    error: 'Expected it for an admin only: every tutor teaches',
  })
export type NewRole = z.output<typeof NewRole>

/** Nothing here reveals whether an e-mail has an account: contacts are entered by their owner when signing in. */
export const peopleApi = api({
  prefix: '/api/v1/people',
  endpoints: {
    list: {
      method: 'get',
      path: '/',
      summary: 'People whom you may see, found by name, role and state; by default in the order in which they were added',
      who: readers,
      query: WantedPeople.extend({
        sort: PeopleSort.default('added'),
        /** The last userId of the previous page. */
        after: z.uuid().optional(),
        limit: z.coerce.number().int().min(1).max(peoplePageMax).default(100),
      }),
      reply: z.array(Person),
    },
    count: {
      method: 'get',
      path: '/count',
      summary: 'How many people the list holds',
      who: readers,
      query: WantedPeople,
      reply: z.object({ count: z.int() }),
    },
    create: {
      method: 'post',
      path: '/',
      summary: 'Add a student, a parent or a tutor',
      who: keepers,
      rate: 'write',
      status: 201,
      body: NewPerson,
      reply: Person,
    },
    changeMe: {
      method: 'patch',
      path: '/me',
      summary: 'Change your own profile',
      who: everyone,
      rate: 'write',
      body: ProfileChange.extend({ version: Version }),
      reply: Person,
    },
    links: {
      method: 'get',
      path: '/links',
      summary: 'The links of parents, payers and tutors to the students whom you may see',
      who: readers,
      query: z.strictObject({ overId: z.uuid().optional(), holderId: z.uuid().optional() }),
      reply: z.array(Link),
    },
    link: {
      method: 'put',
      path: '/links',
      summary: 'Link a parent, a payer or a tutor to a student',
      who: keepers,
      rate: 'write',
      body: Link,
      reply: Link,
    },
    unlink: {
      method: 'delete',
      path: '/links/:holderId/:overId/:as',
      summary: 'Remove a link',
      who: keepers,
      rate: 'write',
      status: 204,
      params: Link,
    },
    invitations: {
      method: 'get',
      path: '/invitations',
      summary: 'Invitations that can still be accepted',
      who: { admin: 'school', tutor: 'own' },
      reply: z.array(Invitation),
    },
    invite: {
      method: 'post',
      path: '/invitations',
      summary: 'Invite a person by link and pairing code',
      who: keepers,
      rate: 'write',
      status: 201,
      body: NewInvitation,
      reply: MadeInvitation,
    },
    revokeInvitation: {
      method: 'delete',
      path: '/invitations/:invitationId',
      summary: 'Revoke an invitation',
      who: { admin: 'school', tutor: 'own' },
      rate: 'write',
      status: 204,
      params: z.strictObject({ invitationId: z.uuid() }),
    },
    get: { method: 'get', path: '/:userId', summary: 'One person', who: readers, params: one, reply: Person },
    change: {
      method: 'patch',
      path: '/:userId',
      summary: 'Change the profile of a person of the school',
      who: admins,
      rate: 'write',
      params: one,
      body: ChangeOfAnother,
      reply: Person,
    },
    setPhone: {
      method: 'put',
      path: '/:userId/phone',
      summary: 'Write down the phone number of a person, or remove it',
      who: keepers,
      rate: 'write',
      params: one,
      body: z.strictObject({ phone: Phone.nullable(), version: Version }),
      reply: Person,
    },
    disable: {
      method: 'post',
      path: '/:userId/disable',
      summary: 'Disable a membership and sign it out on all devices',
      who: admins,
      rate: 'write',
      params: one,
      reply: Person,
    },
    enable: {
      method: 'post',
      path: '/:userId/enable',
      summary: 'Enable a disabled membership again',
      who: admins,
      rate: 'write',
      params: one,
      reply: Person,
    },
    changeRole: {
      method: 'put',
      path: '/:userId/role',
      summary:
        'Change the role of a membership, and whether an admin teaches; another role signs out on all devices and removes links that do not fit',
      who: admins,
      rate: 'write',
      params: one,
      body: NewRole,
      reply: Person,
    },
  },
})
