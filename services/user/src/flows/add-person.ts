import { randomUUIDv7 } from 'node:crypto'
import type { Caller } from '@repitbot/contracts/endpoint'
import type { NewPerson, Person } from '@repitbot/contracts/people'
import { givesLessons } from '@repitbot/contracts/teaching'
import { Failure } from '@repitbot/kit/failure'
import type { Deps } from '../deps.ts'
import { canInvite, firstLinks, missingStudents } from '../rules/invitation.ts'
import { newMember, toPersonReply } from '../rules/person.ts'
import { grantLinkOrThrow } from './change-link.ts'

/** Adds somebody who cannot sign in yet; an invitation to the new membership lets them. A new student is linked to the tutor who adds them. */
export async function addPerson({ store, now }: Deps, caller: Caller, request: NewPerson): Promise<Person> {
  const { role, studentIds = [] } = request
  if (!canInvite(caller.role, role)) throw new Failure('forbidden')
  const fault = caller.role === 'admin' && role === 'parent' ? undefined : missingStudents(role, studentIds)
  if (fault) throw new Failure('invalid_input', { errors: [fault] })
  const at = now()
  const school = await store.getSchool(caller)
  const member = newMember({ id: randomUUIDv7(), personId: randomUUIDv7(), school, role, profile: request })
  const tutorIds = caller.role === 'tutor' ? [caller.userId] : (request.tutorIds ?? (await ownTutor(store, caller)))
  const links = firstLinks(member.id, role, { studentIds, tutorIds })
  return toPersonReply(await store.addMember(caller, { member, links, decide: (state) => grantLinkOrThrow(caller, state) }, at))
}

/** An admin who teaches is the tutor of the students they add, unless they name others. */
const ownTutor = async (store: Deps['store'], caller: Caller) =>
  givesLessons(await store.getMember(caller, caller.userId)) ? [caller.userId] : []
