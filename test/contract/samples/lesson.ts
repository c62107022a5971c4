import type { Member } from '../../platform.ts'
import { type Stage, whole } from '../stage.ts'
import { bodyReach, none, ownStudents, type Samples, students, tutors, type Whose } from './sample.ts'

const lesson = { of: tutors, args: async ({ lesson }: Stage, { owner }: Whose) => ({ lessonId: await lesson(owner) }) }
/** Ids in the body that are not there: of the first student it names. */
const noStudent = <A extends { students?: { studentId: string }[] }>(args: A, { missing }: Stage): A => ({
  ...args,
  students: args.students?.map((one) => ({ ...one, studentId: missing })),
})
const noTutor = <A extends { tutorId?: string }>(args: A, { missing }: Stage): A => ({ ...args, tutorId: missing })
/** An admin names the tutor: the student's own, or one of the school when the student is of another. */
const namedTutor = ({ people, tutorOf }: Stage, caller: Member, owner: Member) =>
  caller.role === 'tutor' ? undefined : (caller.schoolId === owner.schoolId ? tutorOf(owner) : people.tutor).userId
/** A lesson as it is planned. */
const lessonPlan = ({ slot, seat }: Stage, student: Member, tutorId?: string) => ({
  ...{ type: 'individual' as const, subject: 'Maths', startsAt: slot('ahead'), minutes: 15 },
  ...{ tutorId, students: [seat(student)] },
})

const report = ({ attended, studentOf }: Stage, owner: Member) => ({ students: attended(studentOf(owner)) })

export const lessonSamples: Pick<Samples, 'lessons' | 'familyLessons' | 'lessonPolicy' | 'series'> = {
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
}
