import { randomUUIDv7 } from 'node:crypto'
import type { Entered } from '@repitbot/contracts/auth'
import type { Origin } from '@repitbot/contracts/endpoint'
import type { FirstSchool } from '@repitbot/contracts/first-school'
import { Failure } from '@repitbot/kit/failure'
import type { Deps } from '../deps.ts'
import { newMember } from '../rules/person.ts'
import { hashOf } from '../rules/secrets.ts'
import { hashPassword } from './hash-password.ts'
import { newSession, tokensOf } from './open-session.ts'
import { attemptFrom, tryWithLimits } from './try-with-limits.ts'

/** Makes the first school and its admin, signed in, by the one-time link. */
export async function makeFirstSchool(deps: Deps, request: FirstSchool, origin: Origin): Promise<Entered> {
  return tryWithLimits(deps, [attemptFrom(origin, 'accept')], async () => {
    const { store, secrets, now } = deps
    const linkHash = hashOf(secrets, 'token', request.token)
    if (!(await store.isFirstLink(linkHash, now()))) throw new Failure('link_not_valid')
    const school = { id: randomUUIDv7(), name: request.school, language: request.language, zone: request.zone, version: 1 }
    const { name, teaches } = request
    const member = newMember({ id: randomUUIDv7(), personId: randomUUIDv7(), school, role: 'admin', teaches, profile: { name } })
    const admin = { ...member, email: request.email, emailConfirmedAt: deps.confirmsEmail ? null : now() }
    const session = newSession(deps, { personId: admin.personId, userId: admin.id }, origin)
    const passwordHash = await hashPassword(request.password, { own: [request.email, request.name, request.school], field: 'password' })
    await store.insertFirstSchool(linkHash, { school, admin, passwordHash, session, at: now() })
    const membership = { userId: admin.id, schoolId: school.id, school: school.name, role: admin.role, name: admin.name }
    return { ...(await tokensOf(deps, session, admin)), userId: admin.id, memberships: [membership] }
  })
}
