import type { Member, PersonMembership } from '../src/rules/person.ts'
import type { Session } from '../src/rules/session.ts'

/** Plain values for the tests of rules. */
export const now = new Date('2026-11-02T10:00:00Z')
export const later = (seconds: number) => new Date(now.getTime() + seconds * 1000)
export const origin = { address: '192.0.2.1', agent: 'browser' }

export const session: Session = {
  id: '0190a6f2-0000-7000-8000-000000000001',
  personId: 'person',
  userId: 'user',
  seed: Buffer.alloc(32, 2),
  generation: 5,
  parent: 4,
  ...origin,
  startedAt: now,
  usedAt: now,
  expiresAt: later(180 * 86_400),
  revokedAt: null,
  revokedBecause: null,
  telegram: false,
}

export const membership = (userId: string, active = true): PersonMembership => ({
  userId,
  schoolId: 'school',
  school: 'School',
  role: 'tutor',
  name: 'Anna',
  active,
  language: 'ru',
})

export const member: Member = {
  id: '0190a6f2-0000-7000-8000-000000000002',
  schoolId: '0190a6f2-0000-7000-8000-00000000000a',
  personId: 'person',
  role: 'student',
  name: 'Petya',
  language: 'ru',
  zone: 'Europe/Moscow',
  quietHours: null,
  channels: null,
  birthYear: null,
  active: true,
  teaches: false,
  phone: null,
  version: 3,
  email: null,
  emailConfirmedAt: null,
  telegramId: null,
}
