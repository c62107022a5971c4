import { randomUUIDv7 } from 'node:crypto'
import type { Caller } from '@repitbot/contracts/endpoint'
import type { NewPerson, Person } from '@repitbot/contracts/people'
import { Failure } from '@repitbot/kit/failure'
import type { Deps } from '../deps.ts'
import { firstLinks, lacking, mayBring } from '../rules/invitation.ts'
import { newMember, shown } from '../rules/person.ts'

/** Adds somebody who does not sign in yet; an invitation to the new membership lets him. A tutor's new student is his, and his new parents belong to his students. */
export async function addPerson({ store, now }: Deps, caller: Caller, asked: NewPerson): Promise<Person> {
  const { role, studentIds = [] } = asked
  if (!mayBring(caller.role, role)) throw new Failure('forbidden')
  const wrong = caller.role === 'admin' && role === 'parent' ? undefined : lacking(role, studentIds)
  if (wrong) throw new Failure('invalid_input', { errors: [wrong] })
  const at = now()
  const school = await store.getSchool(caller)
  const member = newMember({ id: randomUUIDv7(), personId: randomUUIDv7(), school, role, profile: asked })
  const tutorIds = caller.role === 'tutor' ? [caller.userId] : asked.tutorIds
  return shown(await store.addMember(caller, member, firstLinks(member.id, role, { studentIds, tutorIds }), at))
}
