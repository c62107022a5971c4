import type { Caller } from '@repitbot/contracts/endpoint'
import { within } from '@repitbot/kit/reach'

const isFamily = ({ role }: Caller) => role === 'parent' || role === 'student'

/** The condition on lesson `l`: a tutor reaches own lessons, an admin those of the school, a family those of its students. */
export const reached = (caller: Caller) =>
  isFamily(caller)
    ? `exists (select from lesson_seat r where r.lesson_id = l.id and ${within(caller, 'r.student_id')})`
    : within(caller, 'l.tutor_id')

/** The same for many lessons: a family's are found from its students, or every lesson of the school would be looked at for a seat. */
export const reachedMany = (caller: Caller) =>
  isFamily(caller)
    ? {
        mine: `with mine as materialized (select f.lesson_id from lesson_seat f where f.student_id = any (array(
          select r.user_id from person r where ${within(caller, 'r.user_id')})))`,
        condition: 'l.id in (select lesson_id from mine)',
      }
    : { mine: '', condition: within(caller, 'l.tutor_id') }

/** The same with the caller as $2, so that one prepared statement serves all callers of a kind. */
export const reachedByParameter = (caller: Caller) => `${reached(caller).replaceAll(`'${caller.userId}'`, '$2')} and $2::uuid is not null`
export const kindOf = (caller: Caller) => `${isFamily(caller) ? 'family' : 'giver'}-${caller.reach}`

/** Whose seats the caller sees in a lesson. */
export const seatsWithin = (caller: Caller) => (isFamily(caller) ? within(caller, 's.student_id') : 'true')
