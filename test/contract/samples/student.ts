import type { Fixtures } from '../fixtures.ts'
import { type Parties, type Samples, students } from './sample.ts'

const ofStudent = { owners: students, args: (_: Fixtures, { owner }: Parties) => ({ studentId: owner.userId }) }

export const studentSamples: Pick<Samples, 'students'> = {
  students: {
    progress: { ...ofStudent, mustInclude: () => [] },
    achievements: ofStudent,
    history: ofStudent,
    pause: { owners: students, args: (_, { owner }) => ({ studentId: owner.userId, from: '2026-10-01', until: '2026-10-02' }) },
    switchGame: { owners: students, args: (_, { owner }) => ({ studentId: owner.userId, on: true }) },
  },
}
