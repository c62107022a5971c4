import type { Member } from '../../platform.ts'
import type { Fixtures } from '../fixtures.ts'
import { whole } from '../lesson-fixtures.ts'
import { bodyReach, none, ownStudents, type Parties, type Samples, students, tutors } from './sample.ts'

const lesson = { owners: tutors, args: async ({ lesson }: Fixtures, { owner }: Parties) => ({ lessonId: await lesson(owner) }) }
/** The same body with students that do not exist. */
const noStudent = <A extends { students?: { studentId: string }[] }>(args: A, { missing }: Fixtures): A => ({
  ...args,
  students: args.students?.map((one) => ({ ...one, studentId: missing })),
})
const noTutor = <A extends { tutorId?: string }>(args: A, { missing }: Fixtures): A => ({ ...args, tutorId: missing })
/** An admin must name the tutor: the student's own, or one of the admin's school where the student is of another school. */
const tutorFor = ({ people, tutorOf }: Fixtures, caller: Member, owner: Member) =>
  caller.schoolId === owner.schoolId ? tutorOf(owner) : people.tutor
const namedTutor = (fixtures: Fixtures, caller: Member, owner: Member) =>
  caller.role === 'tutor' ? undefined : tutorFor(fixtures, caller, owner).userId
const lessonPlan = ({ slot, seat }: Fixtures, student: Member, tutorId?: string) => ({
  type: 'individual' as const,
  subject: 'Maths',
  startsAt: slot('ahead'),
  minutes: 15,
  tutorId,
  students: [seat(student)],
})

const report = ({ attended, studentOf }: Fixtures, owner: Member) => ({ students: attended(studentOf(owner)) })

export const lessonSamples: Pick<Samples, 'lessons' | 'familyLessons' | 'lessonPolicy' | 'series'> = {
  lessons: {
    list: { args: () => ({ ...whole, limit: 500 }), mustInclude: ownStudents },
    get: lesson,
    plan: [
      {
        owners: tutors,
        args: (fixtures, { owner }) => lessonPlan(fixtures, fixtures.studentOf(owner), owner.userId),
        missing: (args, fixtures) => noTutor(noStudent(args, fixtures), fixtures),
      },
      {
        owners: students,
        reach: bodyReach,
        args: (fixtures, { caller, owner }) => lessonPlan(fixtures, owner, namedTutor(fixtures, caller, owner)),
        missing: noStudent,
      },
    ],
    change: [
      {
        owners: tutors,
        args: async ({ lesson }, { owner }) => ({ lessonId: await lesson(owner, 'ahead'), version: 1, subject: 'Physics' }),
      },
      {
        owners: students,
        reach: bodyReach,
        args: async (fixtures, { caller, owner }) => ({
          lessonId: await fixtures.lesson(caller.role === 'tutor' ? caller : tutorFor(fixtures, caller, owner), 'ahead'),
          version: 1,
          type: 'group' as const,
          students: [fixtures.seat(owner)],
        }),
        missing: noStudent,
      },
    ],
    complete: {
      owners: tutors,
      args: async (fixtures, { owner }) => ({ lessonId: await fixtures.lesson(owner), ...report(fixtures, owner) }),
    },
    correct: {
      owners: tutors,
      args: async (fixtures, { owner }) => ({ lessonId: await fixtures.held(owner), version: 2, ...report(fixtures, owner) }),
    },
    reopen: { owners: tutors, args: async ({ held }, { owner }) => ({ lessonId: await held(owner) }) },
    move: {
      owners: tutors,
      args: async ({ lesson, slot }, { owner }) => ({ lessonId: await lesson(owner, 'ahead'), startsAt: slot('ahead') }),
    },
    cancel: { owners: tutors, args: async ({ lesson }, { owner }) => ({ lessonId: await lesson(owner, 'ahead') }) },
    restore: { owners: tutors, args: async ({ cancelled }, { owner }) => ({ lessonId: await cancelled(owner) }) },
    undo: { owners: tutors, args: async ({ cancelled }, { owner }) => ({ lessonId: await cancelled(owner), version: 2 }) },
    waive: { owners: tutors, args: async ({ charged }, { owner }) => ({ lessonId: await charged(owner) }) },
  },
  familyLessons: {
    list: { args: () => ({ ...whole, limit: 500 }), mustInclude: ownStudents },
    get: { owners: students, args: async ({ lesson }, { owner }) => ({ lessonId: await lesson(owner) }) },
    cancellation: { owners: students, args: async ({ lesson }, { owner }) => ({ lessonId: await lesson(owner, 'far') }) },
    cancel: { owners: students, args: async ({ lesson }, { owner }) => ({ lessonId: await lesson(owner, 'far') }) },
    restore: { owners: students, args: async ({ calledOff }, { owner, caller }) => ({ lessonId: await calledOff(owner, caller) }) },
  },
  lessonPolicy: { get: { args: none }, set: { args: () => ({ noticeHours: 336, lateChargePercent: 50, version: 2 }) } },
  series: {
    list: { args: none },
    coming: { args: () => ({ from: whole.until, until: new Date(Date.parse(whole.until) + 86_400_000).toISOString() }) },
    get: { owners: tutors, args: async ({ series }, { owner }) => ({ seriesId: await series(owner) }) },
    plan: [
      {
        owners: tutors,
        args: ({ seriesPlan }, { owner }) => ({ ...seriesPlan(owner), tutorId: owner.userId }),
        missing: (args, fixtures) => noTutor(noStudent(args, fixtures), fixtures),
      },
      {
        owners: students,
        reach: bodyReach,
        args: (fixtures, { caller, owner }) => ({
          ...fixtures.seriesPlan(fixtures.tutorOf(owner)),
          tutorId: namedTutor(fixtures, caller, owner),
          students: [fixtures.seat(owner)],
        }),
        missing: noStudent,
      },
    ],
    change: {
      owners: tutors,
      args: async ({ series }, { owner }) => ({ seriesId: await series(owner), scope: 'all', version: 1, subject: 'Physics' }),
    },
    cancel: { owners: tutors, args: async ({ series }, { owner }) => ({ seriesId: await series(owner), scope: 'all' }) },
    ahead: { owners: tutors, args: async ({ series }, { owner }) => ({ seriesId: await series(owner) }) },
    undo: { owners: tutors, args: async ({ changedSeries }, { owner }) => ({ seriesId: await changedSeries(owner), version: 2 }) },
  },
}
