import { z } from 'zod'
import { Role } from './person-card.ts'

/** Who of a school: `here` may sign in or could, `joined` and `notJoined` tell whether they do, `archived` are disabled. */
export const PeopleState = z.enum(['here', 'joined', 'notJoined', 'archived'])
export type PeopleState = z.output<typeof PeopleState>
export const PeopleSort = z.enum(['added', 'newest', 'name'])
export type PeopleSort = z.output<typeof PeopleSort>
/** Only what is asked for narrows it. */
export const WantedPeople = z.strictObject({
  role: Role.optional(),
  state: PeopleState.optional(),
  /** Pieces of a name in any order, in small or large letters; the Russian letter ye finds yo too. */
  search: z.string().max(100).optional(),
  /** Somebody on the other end of a link: the students of a tutor, the family of a student. */
  linkedTo: z.uuid().optional(),
  /** Those who give lessons: every tutor, and admins who teach. */
  teaches: z.literal('yes').optional(),
  /** Everybody but the caller. */
  others: z.literal('yes').optional(),
})
export type WantedPeople = z.output<typeof WantedPeople>
/** One answer holds this many people at most. */
export const peoplePageMax = 200
