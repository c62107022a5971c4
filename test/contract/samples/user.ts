import { randomUUIDv7 } from 'node:crypto'
import type { Somebody } from '@repitbot/kit/testing/people'
import { password } from '../../platform.ts'
import type { Fixtures } from '../fixtures.ts'
import { bodyReach, ids, none, ownStudents, type Parties, type Samples, students, tutors } from './sample.ts'

const everybody = [...students, ...tutors, 'admin', 'parent', 'otherParent', 'stranger'] as const
const oneOfEachSchool = ['otherStudent', 'studentB'] as const

const ofNewStudent = { owners: oneOfEachSchool, args: async ({ added }: Fixtures, { owner }: Parties) => ({ userId: await added(owner) }) }

export const userSamples: Pick<Samples, 'auth' | 'trust' | 'people' | 'school'> = {
  auth: {
    login: { args: ({ people }) => ({ email: people.admin.email, password }) },
    ways: { args: none },
    refresh: {
      args: async ({ as, childToken }) => ({
        refreshToken: (await as().auth.acceptInvitation({ token: await childToken(), name: 'Child' })).refreshToken,
      }),
    },
    logout: { args: none, endsSession: true },
    me: { args: none, mustInclude: (_, caller) => [caller.userId, caller.schoolId] },
    switch: {
      owners: everybody,
      endsSession: true,
      args: (_, { owner }) => ({ userId: owner.userId }),
      missing: (_, { missing }) => ({ userId: missing }),
    },
    sessions: { args: none, mustInclude: (_, caller) => [caller.sessionId] },
    endSession: {
      owners: everybody,
      args: async ({ signIn }, { caller, owner }) => ({
        sessionId: caller === owner ? (await signIn(owner.email)).sessionId : owner.sessionId,
      }),
    },
    signOutEverywhere: { args: none, endsSession: true },
    changePassword: { args: () => ({ password, newPassword: `${password}!` }), endsSession: true },
    forgotPassword: { args: () => ({ email: `${randomUUIDv7()}@nobody.test` }) },
    resetPassword: { args: () => ({ token: 'never-made', password }), status: 404 },
    confirmEmail: { args: () => ({ token: 'never-made' }), status: 404 },
    sendConfirmation: { args: none },
    seeInvitation: { args: async ({ childToken }) => ({ token: await childToken() }) },
    acceptInvitation: { args: async ({ childToken }) => ({ token: await childToken(), name: 'Child' }) },
    firstSchool: {
      args: () => ({ token: 'never-made', school: 'C', name: 'C', email: 'c@school.test', password, zone: 'UTC' }),
      status: 404,
    },
    telegram: { args: async ({ inTelegram }) => ({ telegramId: await inTelegram() }) },
    telegramAccept: {
      args: async ({ childToken, telegramId }) => ({ telegramId: telegramId(), token: await childToken(), name: 'Child' }),
    },
    telegramConfirm: {
      args: async ({ inTelegram, telegramLogin }) => ({
        telegramId: await inTelegram(),
        kind: 'login',
        token: (await telegramLogin()).token,
      }),
    },
    telegramLink: { args: none },
    telegramUnlink: { args: none },
    telegramLogin: { args: none },
    telegramFinish: {
      args: async ({ bot, inTelegram, telegramLogin }) => {
        const { token, secret, number } = await telegramLogin()
        await bot.auth.telegramConfirm({ telegramId: await inTelegram(), kind: 'login', token, answer: 'yes', number })
        return { secret }
      },
    },
  },
  trust: { jwks: { args: none }, revocations: { args: none } },
  people: {
    list: {
      args: none,
      mustInclude: ({ people }, { role }) => ids(people[role], ...(role === 'student' ? [] : [people.student, people.sibling])),
    },
    count: { args: none },
    create: {
      owners: students,
      reach: bodyReach,
      args: (_, { owner }) => ({ role: 'parent', name: 'Parent', studentIds: [owner.userId] }),
      missing: (args, { missing }) => ({ ...args, studentIds: [missing] }),
    },
    changeMe: { args: async ({ as }, { caller }) => ({ birthYear: 2001, version: (await as(caller).auth.me({})).card.version }) },
    links: { args: none, mustInclude: ownStudents },
    link: {
      owners: students,
      args: ({ people, tutorOf }, { owner }) => {
        const parent = { student: people.parent, sibling: people.parent, otherStudent: people.otherParent }
        const found = Object.entries(parent).find(([name]) => people[name as Somebody] === owner)?.[1]
        return found
          ? { holderId: found.userId, overId: owner.userId, as: 'payer' }
          : { holderId: tutorOf(owner).userId, overId: owner.userId, as: 'tutor' }
      },
      missing: (args, { missing }) => ({ ...args, overId: missing }),
    },
    unlink: {
      owners: students,
      args: async ({ as, people, adminOf, added, tutorOf }, { owner }) => {
        if (adminOf(owner) !== people.admin) return { holderId: tutorOf(owner).userId, overId: owner.userId, as: 'tutor' }
        return as('admin').people.link({ holderId: await added(owner, 'parent'), overId: owner.userId, as: 'payer' })
      },
      missing: (args, { missing }) => ({ ...args, overId: missing }),
    },
    invitations: { args: none },
    invite: {
      owners: students,
      reach: bodyReach,
      args: (_, { owner }) => ({ role: 'parent', studentIds: [owner.userId] }),
      missing: (args, { missing }) => ({ ...args, studentIds: [missing] }),
    },
    revokeInvitation: { owners: tutors, args: async ({ invitation }, { owner }) => ({ invitationId: await invitation(owner) }) },
    get: {
      owners: everybody,
      args: (_, { owner }) => ({ userId: owner.userId }),
      linkedBySharedStudent: [['tutor', 'parent']],
      mustInclude: () => [],
    },
    change: {
      ...ofNewStudent,
      args: async (fixtures, parties) => ({ ...(await ofNewStudent.args(fixtures, parties)), name: 'Renamed', version: 1 }),
    },
    setPhone: {
      owners: students,
      args: async ({ as, adminOf }, { owner }) => {
        const { userId, version } = await as(adminOf(owner)).people.get({ userId: owner.userId })
        return { userId, phone: '+7 999 123-45-67', version }
      },
    },
    disable: ofNewStudent,
    enable: ofNewStudent,
    changeRole: {
      ...ofNewStudent,
      args: async (fixtures, parties) => ({ ...(await ofNewStudent.args(fixtures, parties)), role: 'parent', version: 1 }),
    },
  },
  school: { get: { args: none, mustInclude: (_, caller) => [caller.schoolId] }, change: { args: () => ({ name: 'School', version: 1 }) } },
}
