import { randomUUIDv7 } from 'node:crypto'
import type { Reach, Role } from '@repitbot/contracts/endpoint'
import type { Somebody } from '@repitbot/kit/testing/people'
import type { Clients } from '../clients.ts'
import { type Member, password } from '../platform.ts'
import { type Stage, whole } from './stage.ts'

/** Who calls, and whose record the call is about. */
export type Whose = { caller: Member; owner: Member }
export type Sample<Args> = {
  /** Whose records the call may be about, one cell each; without it there is one cell a role, about nobody in particular. */
  of?: readonly Somebody[]
  /** Arguments that succeed for whoever reaches the owner; each call makes a record of its own where the route would use it up. */
  args: (stage: Stage, whose: Whose) => Args | Promise<Args>
  /** The same about something that is not there; without it every parameter of the path becomes such an id. */
  missing?: (args: Args, stage: Stage) => Args
  /** What the answer must hold for this caller, beside what it must not. */
  shows?: (stage: Stage, caller: Member) => string[]
  /** The call ends sessions, so each caller brings one that nobody else uses. */
  endsSession?: true
  /** Of a row that anyone may call: what an honest call gets here, unless it is the row's success. */
  answers?: number
  /** How far each role reaches into what the body names, where that is not how far the row itself does. */
  reach?: Partial<Record<Role, Reach>>
  /** Linked beyond the links: whom a tutor knows through his students. */
  known?: readonly [Role, Role][]
}
export type AnySample = Sample<Record<string, unknown>>
type Given<A extends keyof Clients, E extends keyof Clients[A]> = Clients[A][E] extends (asked: infer G, ...rest: never[]) => unknown
  ? G
  : never
type OneOrMore<S> = S | S[]
/** One row for each row of every contract table: a route without a sample does not compile. */
type Samples = { [A in keyof Clients]: { [E in keyof Clients[A]]: OneOrMore<Sample<Given<A, E>>> } }

const students = ['student', 'sibling', 'otherStudent', 'studentB'] as const
const tutors = ['tutor', 'otherTutor', 'tutorB'] as const
const everybody = [...students, ...tutors, 'admin', 'parent', 'otherParent', 'stranger'] as const
const oneOfEachSchool = ['otherStudent', 'studentB'] as const

const none = () => ({})
const lesson = { of: tutors, args: async ({ lesson }: Stage, { owner }: Whose) => ({ lessonId: await lesson(owner) }) }
const ofStudent = { of: students, args: (_: Stage, { owner }: Whose) => ({ studentId: owner.userId }) }
const report = ({ attended, studentOf }: Stage, owner: Member) => ({ students: attended(studentOf(owner)) })
const ofNewStudent = { of: oneOfEachSchool, args: async ({ added }: Stage, { owner }: Whose) => ({ userId: await added(owner) }) }
const ids = (...members: Member[]) => members.map(({ userId }) => userId)
const ownStudents = ({ people }: Stage, { role }: Member) =>
  ids(...(role === 'student' ? [people.student] : [people.student, people.sibling]))
/** Ids in the body that are not there: of the first student it names. */
const noStudent = <A extends { students?: { studentId: string }[] }>(args: A, { missing }: Stage): A => ({
  ...args,
  students: args.students?.map((one) => ({ ...one, studentId: missing })),
})
const noTutor = <A extends { tutorId?: string }>(args: A, { missing }: Stage): A => ({ ...args, tutorId: missing })
const bodyReach = { admin: 'school', tutor: 'linked' } as const

/** An admin names the tutor: the student's own, or one of the school when the student is of another. */
const namedTutor = ({ people, tutorOf }: Stage, caller: Member, owner: Member) =>
  caller.role === 'tutor' ? undefined : (caller.schoolId === owner.schoolId ? tutorOf(owner) : people.tutor).userId
/** A lesson as it is planned. */
const lessonPlan = ({ slot, seat }: Stage, student: Member, tutorId?: string) => ({
  ...{ type: 'individual' as const, subject: 'Maths', startsAt: slot('ahead'), minutes: 15 },
  ...{ tutorId, students: [seat(student)] },
})

export const samples: Samples = {
  auth: {
    login: { args: ({ people }) => ({ email: people.admin.email, password }) },
    refresh: {
      args: async ({ as, childToken }) => ({
        refreshToken: (await as().auth.acceptInvitation({ token: await childToken(), name: 'Child' })).refreshToken,
      }),
    },
    logout: { args: none, endsSession: true },
    me: { args: none, shows: (_, caller) => [caller.userId, caller.schoolId] },
    switch: {
      of: everybody,
      endsSession: true,
      args: (_, { owner }) => ({ userId: owner.userId }),
      missing: (_, { missing }) => ({ userId: missing }),
    },
    sessions: { args: none, shows: (_, caller) => [caller.sessionId] },
    endSession: {
      of: everybody,
      args: async ({ enter }, { caller, owner }) => ({
        sessionId: caller === owner ? (await enter(owner.email)).sessionId : owner.sessionId,
      }),
    },
    signOutEverywhere: { args: none, endsSession: true },
    changePassword: { args: () => ({ password, newPassword: `${password}!` }), endsSession: true },
    forgotPassword: { args: () => ({ email: `${randomUUIDv7()}@nobody.test` }) },
    resetPassword: { args: () => ({ token: 'never-made', password }), answers: 404 },
    acceptInvitation: { args: async ({ childToken }) => ({ token: await childToken(), name: 'Child' }) },
    firstSchool: {
      args: () => ({ ...{ token: 'never-made', school: 'C', name: 'C' }, ...{ email: 'c@school.test', password, zone: 'UTC' } }),
      answers: 404,
    },
    telegram: { args: async ({ inTelegram }) => ({ telegramId: await inTelegram() }) },
    telegramAccept: {
      args: async ({ childToken, telegramId }) => ({ telegramId: telegramId(), token: await childToken(), name: 'Child' }),
    },
    telegramConfirm: {
      args: async ({ inTelegram, telegramLogin }) => ({
        ...{ telegramId: await inTelegram(), kind: 'login' },
        token: (await telegramLogin()).token,
      }),
    },
    telegramLink: { args: none },
    telegramUnlink: { args: none },
    telegramLogin: { args: none },
    telegramFinish: {
      args: async ({ bot, inTelegram, telegramLogin }) => {
        const { token, secret } = await telegramLogin()
        await bot.auth.telegramConfirm({ telegramId: await inTelegram(), kind: 'login', token, answer: 'yes' })
        return { secret }
      },
    },
  },
  trust: { jwks: { args: none }, revocations: { args: none } },
  people: {
    list: {
      args: none,
      shows: ({ people }, { role }) => ids(people[role], ...(role === 'student' ? [] : [people.student, people.sibling])),
    },
    create: {
      of: students,
      reach: bodyReach,
      args: (_, { owner }) => ({ role: 'parent', name: 'Parent', studentIds: [owner.userId] }),
      missing: (args, { missing }) => ({ ...args, studentIds: [missing] }),
    },
    changeMe: { args: () => ({ birthYear: 2001 }) },
    links: { args: none, shows: ownStudents },
    link: {
      of: students,
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
      of: students,
      args: async ({ as, people, adminOf, added, tutorOf }, { owner }) => {
        if (adminOf(owner) !== people.admin) return { holderId: tutorOf(owner).userId, overId: owner.userId, as: 'tutor' }
        return as('admin').people.link({ holderId: await added(owner, 'parent'), overId: owner.userId, as: 'payer' })
      },
      missing: (args, { missing }) => ({ ...args, overId: missing }),
    },
    invitations: { args: none },
    invite: {
      of: students,
      reach: bodyReach,
      args: (_, { owner }) => ({ role: 'parent', studentIds: [owner.userId] }),
      missing: (args, { missing }) => ({ ...args, studentIds: [missing] }),
    },
    revokeInvitation: { of: tutors, args: async ({ invitation }, { owner }) => ({ invitationId: await invitation(owner) }) },
    get: { of: everybody, args: (_, { owner }) => ({ userId: owner.userId }), known: [['tutor', 'parent']], shows: () => [] },
    change: { ...ofNewStudent, args: async (stage, whose) => ({ ...(await ofNewStudent.args(stage, whose)), name: 'Renamed' }) },
    disable: ofNewStudent,
    enable: ofNewStudent,
    changeRole: { ...ofNewStudent, args: async (stage, whose) => ({ ...(await ofNewStudent.args(stage, whose)), role: 'parent' }) },
  },
  school: { get: { args: none, shows: (_, caller) => [caller.schoolId] }, change: { args: () => ({ name: 'School' }) } },
  lessons: {
    list: { args: () => ({ ...whole, limit: 500 }), shows: ownStudents },
    get: lesson,
    plan: [
      {
        of: tutors,
        args: (stage, { owner }) => lessonPlan(stage, stage.studentOf(owner), owner.userId),
        missing: (args, stage) => noTutor(noStudent(args, stage), stage),
      },
      {
        of: students,
        reach: bodyReach,
        args: (stage, { caller, owner }) => lessonPlan(stage, owner, namedTutor(stage, caller, owner)),
        missing: noStudent,
      },
    ],
    complete: { of: tutors, args: async (stage, { owner }) => ({ lessonId: await stage.lesson(owner), ...report(stage, owner) }) },
    correct: { of: tutors, args: async (stage, { owner }) => ({ lessonId: await stage.held(owner), ...report(stage, owner) }) },
    reopen: { of: tutors, args: async ({ held }, { owner }) => ({ lessonId: await held(owner) }) },
    move: {
      of: tutors,
      args: async ({ lesson, slot }, { owner }) => ({ lessonId: await lesson(owner, 'ahead'), startsAt: slot('ahead') }),
    },
    cancel: { of: tutors, args: async ({ lesson }, { owner }) => ({ lessonId: await lesson(owner, 'ahead') }) },
    waive: { of: tutors, args: async ({ charged }, { owner }) => ({ lessonId: await charged(owner) }) },
  },
  familyLessons: {
    list: { args: () => ({ ...whole, limit: 500 }), shows: ownStudents },
    get: { of: students, args: async ({ lesson }, { owner }) => ({ lessonId: await lesson(owner) }) },
    cancel: { of: students, args: async ({ lesson }, { owner }) => ({ lessonId: await lesson(owner, 'ahead') }) },
  },
  lessonPolicy: { get: { args: none }, set: { args: () => ({ noticeHours: 336, lateChargePercent: 50 }) } },
  series: {
    list: { args: none },
    get: { of: tutors, args: async ({ series }, { owner }) => ({ seriesId: await series(owner) }) },
    plan: [
      {
        of: tutors,
        args: ({ seriesPlan }, { owner }) => ({ ...seriesPlan(owner), tutorId: owner.userId }),
        missing: (args, stage) => noTutor(noStudent(args, stage), stage),
      },
      {
        of: students,
        reach: bodyReach,
        args: (stage, { caller, owner }) => ({
          ...stage.seriesPlan(stage.tutorOf(owner)),
          tutorId: namedTutor(stage, caller, owner),
          students: [stage.seat(owner)],
        }),
        missing: noStudent,
      },
    ],
    change: { of: tutors, args: async ({ series }, { owner }) => ({ seriesId: await series(owner), scope: 'all', subject: 'Physics' }) },
    cancel: { of: tutors, args: async ({ series }, { owner }) => ({ seriesId: await series(owner), scope: 'all' }) },
  },
  students: {
    progress: { ...ofStudent, shows: () => [] },
    achievements: ofStudent,
    history: ofStudent,
    pause: { of: students, args: (_, { owner }) => ({ studentId: owner.userId, from: '2026-10-01', until: '2026-10-02' }) },
    switchGame: { of: students, args: (_, { owner }) => ({ studentId: owner.userId, on: true }) },
  },
  telegram: { webhook: { args: () => ({ update_id: 1 }), answers: 401 } },
  gateway: { services: { args: none }, metrics: { args: none }, reset: { args: () => ({ service: 'student' }) } },
  inbox: {
    list: { args: none },
    unread: { args: none },
    stream: { args: none },
    read: {
      of: ['tutor', 'student', 'parent', 'sibling', 'otherParent', 'studentB'],
      args: async ({ notice }, { owner }) => ({ noticeId: await notice(owner) }),
    },
    deliveries: {
      of: ['tutor', 'student', 'parent', 'sibling', 'otherParent', 'studentB'],
      args: async ({ notice }, { owner }) => ({ noticeId: await notice(owner) }),
    },
    readAll: { args: async ({ notice }, { caller }) => ({ upTo: await notice(caller) }) },
  },
  preferences: {
    get: { args: none },
    change: { args: () => ({ digestAt: '19:00' }) },
    test: { args: () => ({ channel: 'email' }) },
  },
  broadcasts: {
    preview: { args: () => ({ roles: ['student'], text: 'Hello' }) },
    send: { args: () => ({ roles: ['student'], text: 'Hello' }) },
    list: { args: none },
    get: {
      of: ['tutor', 'otherTutor', 'tutorB', 'admin'],
      args: async ({ broadcast }, { owner }) => ({ broadcastId: await broadcast(owner) }),
    },
  },
}

export const samplesOf = (api: string, name: string): AnySample[] =>
  [(samples as unknown as Record<string, Record<string, OneOrMore<AnySample>>>)[api]?.[name] ?? []].flat()
