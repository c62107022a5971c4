import { randomUUIDv7 } from 'node:crypto'
import type { Caller } from '@repitbot/contracts/endpoint'
import { Channel, Language, Role } from '@repitbot/contracts/person-card'
import type { School } from '@repitbot/contracts/school'
import { withContext } from '@repitbot/kit/context'
import { type FieldRows, savesEveryField, text } from '@repitbot/kit/testing/saved-whole'
import { openWorld, serviceSecret, type World } from '@repitbot/kit/testing/world'
import fc from 'fast-check'
import { grantLinkOrThrow } from '../src/flows/change-link.ts'
import { type Member, newMember } from '../src/rules/person.ts'
import type { Session } from '../src/rules/session.ts'
import { userService } from '../src/service.ts'
import { type OpenSchool, openSchool } from './school.ts'

const personIds = [randomUUIDv7(), randomUUIDv7()] as const
const zone = fc.constantFrom('Europe/Moscow', 'Asia/Kathmandu')
const language = fc.constantFrom(...Language.options)
const number = fc.nat(1_000_000)

const schoolRows: FieldRows<School> = {
  id: { refused: randomUUIDv7() },
  name: { takes: text },
  language: { takes: language },
  zone: { takes: zone },
  version: { takes: number },
}
/** E-mail and Telegram belong to the person behind the membership, and are changed by signing in, never by a decision about the membership. */
const memberRows: FieldRows<Member> = {
  id: { refused: randomUUIDv7() },
  schoolId: { refused: randomUUIDv7() },
  personId: { takes: fc.constantFrom(...personIds) },
  role: { takes: fc.constantFrom(...Role.options) },
  name: { takes: text },
  language: { takes: language },
  zone: { takes: zone },
  quietHours: { takes: fc.option(fc.record({ from: text, until: text })) },
  channels: { takes: fc.option(fc.subarray([...Channel.options])) },
  birthYear: { takes: fc.option(number) },
  active: { takes: fc.boolean() },
  teaches: { takes: fc.boolean() },
  phone: { takes: fc.option(text) },
  version: { takes: number },
  emailConfirmedAt: { refused: new Date(0) },
  email: { refused: 'other@school.test' },
  telegramId: { refused: '7' },
}

const instant = fc.date({ min: new Date('2026-01-01'), max: new Date('2027-01-01'), noInvalidDate: true })
const sessionRows: FieldRows<Session> = {
  id: { refused: randomUUIDv7() },
  personId: { refused: randomUUIDv7() },
  userId: { refused: randomUUIDv7() },
  seed: { refused: Buffer.alloc(32, 9) },
  generation: { takes: number },
  parent: { takes: fc.option(number) },
  agent: { takes: text },
  address: { takes: text },
  startedAt: { refused: new Date(0) },
  usedAt: { takes: instant },
  expiresAt: { takes: instant },
  revokedAt: { takes: fc.option(instant) },
  revokedBecause: { takes: fc.option(text) },
  telegram: { refused: true },
}

describe('user: whatever a decision changes', () => {
  let school: OpenSchool<World>
  let caller: Caller
  const userId = randomUUIDv7()
  let sessionId: string
  const changeSession = async (decide: (session: Session) => Session) => {
    const outcome = await school.deps.store.changeSession({ sessionId }, (session) => ({ session: decide(session) }))
    if (!outcome) throw new Error('There is no session')
    return outcome.session
  }
  before(async () => {
    school = await openSchool(await openWorld({ services: [userService], people: false }), serviceSecret)
    const { memberships, userId: adminId, accessToken } = school.admin
    sessionId = JSON.parse(Buffer.from(accessToken.split('.')[1] ?? '', 'base64url').toString()).sid
    const schoolId = memberships[0]?.schoolId ?? ''
    caller = { schoolId, userId: adminId, role: 'admin', sessionId: randomUUIDv7(), reach: 'school' }
    const { store } = school.deps
    const profile = { name: 'Student' }
    for (const [index, personId] of personIds.entries()) {
      const id = index === 0 ? userId : randomUUIDv7()
      const member = newMember({ id, personId, school: await store.getSchool(caller), role: 'student', profile })
      await withContext({ correlationId: randomUUIDv7() }, () =>
        store.addMember(caller, { member, links: [], decide: (state) => grantLinkOrThrow(caller, state) }, new Date()),
      )
    }
    await school.world.sql(`delete from "user".membership where person_id = $1`, [personIds[1]])
  })
  after(() => school.world.close())

  savesEveryField('member', {
    rows: memberRows,
    read: () => school.deps.store.getMember(caller, userId),
    save: (member) => school.deps.store.changeMember(caller, userId, () => ({ member, events: [] }), new Date()),
  })

  savesEveryField('session', {
    rows: sessionRows,
    read: () => changeSession((session) => session),
    save: (changed) => changeSession(() => changed),
  })

  savesEveryField('school', {
    rows: schoolRows,
    read: () => school.deps.store.getSchool(caller),
    save: (changed) => withContext({ correlationId: 'saved-whole-test' }, () => school.deps.store.changeSchool(caller, () => changed)),
  })
})
