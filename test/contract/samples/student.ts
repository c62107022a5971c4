import type { Stage } from '../stage.ts'
import { type Samples, students, type Whose } from './sample.ts'

const ofStudent = { of: students, args: (_: Stage, { owner }: Whose) => ({ studentId: owner.userId }) }

export const studentSamples: Pick<Samples, 'students'> = {
  students: {
    progress: { ...ofStudent, shows: () => [] },
    achievements: ofStudent,
    history: ofStudent,
    pause: { of: students, args: (_, { owner }) => ({ studentId: owner.userId, from: '2026-10-01', until: '2026-10-02' }) },
    switchGame: { of: students, args: (_, { owner }) => ({ studentId: owner.userId, on: true }) },
  },
}
