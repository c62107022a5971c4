import { randomUUIDv7 } from 'node:crypto'
import { openWorld, type World } from '@repitbot/kit/testing/world'
import { expect } from 'chai'
import type { Deps } from '../src/deps.ts'
import { jobs } from '../src/jobs.ts'
import { notificationService } from '../src/service.ts'

const hourMs = 3_600_000
const now = '2026-09-07T03:41:00.000Z'

/** For each table: for how long a row is kept after the instant by which it is over, and how one is written with that instant. */
const ages = [
  {
    what: 'a notice 35 days after its end',
    table: 'notice',
    days: 35,
    insert: `insert into notification.notice (id, recipient_id, school_id, audience, code, params, dedupe_key, correlation_id, link_kind, link_id, created_at, expires_at)
      values ($1::uuid, $2, $3, 'student', 'level_up', '{}', $1::uuid::text, '', 'student', $2, $4, $4)`,
  },
  {
    what: 'the copy of a lesson 35 days after its start',
    table: 'lesson',
    days: 35,
    insert: `insert into notification.lesson (id, school_id, version, subject, starts_at, minutes, zone, students, scheduled, correlation_id)
      values ($1, $3, 1, 'Algebra', $4, 60, 'Europe/Moscow', array[$2]::uuid[], true, '')`,
  },
  {
    what: 'the XP of a lesson 450 days after it was held',
    table: 'lesson_xp',
    days: 450,
    insert: `insert into notification.lesson_xp (lesson_id, student_id, school_id, xp, held_at) values ($1, $2, $3, 10, $4)`,
  },
  {
    what: 'a letter 35 days after its link has expired',
    table: 'letter',
    days: 35,
    insert: `insert into notification.letter (id, school_id, sealed, state, expires_at, changed_at, correlation_id)
      select $1, $3, '', 'sent', $4, $4, '' where $2::uuid is not null`,
  },
]

const delivery = (state: string, at: 'due_at' | 'changed_at') =>
  `with told as (insert into notification.notice (id, recipient_id, school_id, audience, code, params, dedupe_key, correlation_id, link_kind, link_id, created_at, expires_at)
     values ($1::uuid, $2, $3, 'student', 'level_up', '{}', $1::uuid::text, '', 'student', $2, $5, $5) returning 1)
   insert into notification.delivery (id, school_id, recipient_id, notice_id, channel, state, due_at, created_at, changed_at, correlation_id)
     select $1, $3, $2, $1, 'telegram', '${state}', ${at === 'due_at' ? '$4' : '$5'}, $5, ${at === 'changed_at' ? '$4' : '$5'}, '' from told`

describe('the jobs of the clock', () => {
  let world: World
  before(async () => {
    world = await openWorld({ services: [notificationService] })
    world.clock.set(now)
  })
  after(() => world.close())
  const run = (name: string) =>
    jobs(world.services[0]?.deps as Deps)[name]?.run({ schoolId: '', correlationId: randomUUIDv7(), payload: {} })
  const ago = (ms: number) => new Date(Date.parse(now) - ms)

  for (const { what, table, days, insert } of ages)
    it(`forget ${what}, and not an hour before`, async () => {
      const { userId, schoolId } = world.people.student
      const [older, younger] = [randomUUIDv7(), randomUUIDv7()]
      await world.sql(insert, [older, userId, schoolId, ago(days * 24 * hourMs + hourMs)])
      await world.sql(insert, [younger, userId, schoolId, ago(days * 24 * hourMs - hourMs)])
      await run('tidy-inbox')
      const id = table === 'lesson_xp' ? 'lesson_id' : 'id'
      const left = await world.sql<{ id: string }>(`select ${id} as id from notification.${table} where ${id} = any ($1)`, [
        [older, younger],
      ])
      expect(left.map((row) => row.id)).to.deep.equal([younger])
    })

  const stuck = [
    { what: 'a delivery that was due a minute ago is requested again', insert: delivery('waiting', 'due_at'), state: 'waiting' },
    { what: 'a delivery that is being sent for a minute is uncertain', insert: delivery('sending', 'changed_at'), state: 'uncertain' },
  ]
  for (const { what, insert, state } of stuck)
    it(`see that ${what}, and none a second before`, async () => {
      const { userId, schoolId } = world.people.student
      const [older, younger] = [randomUUIDv7(), randomUUIDv7()]
      await world.sql(insert, [older, userId, schoolId, ago(61_000), ago(0)])
      await world.sql(insert, [younger, userId, schoolId, ago(59_000), ago(0)])
      await run('sweep-deliveries')
      const states = await world.sql<{ state: string; requested: boolean }>(
        `select state, exists (select from notification_jobs._private_jobs j where j.key = 'send:' || d.id) as requested
         from notification.delivery d where id = any ($1) order by id = $2 desc`,
        [[older, younger], older],
      )
      const before = state === 'uncertain' ? 'sending' : 'waiting'
      expect(states).to.deep.equal([
        { state, requested: state === 'waiting' },
        { state: before, requested: false },
      ])
    })

  it('see that a letter that waits for a minute is requested again, and none a second before, nor one that was sent', async () => {
    const { schoolId } = world.people.student
    const insert = `insert into notification.letter (id, school_id, sealed, state, expires_at, changed_at, correlation_id)
      values ($1, $2, '', $3, $4::timestamptz + interval '1 hour', $4, '')`
    const letters = [
      [randomUUIDv7(), 'waiting', 61_000, true],
      [randomUUIDv7(), 'waiting', 59_000, false],
      [randomUUIDv7(), 'sent', 61_000, false],
    ] as const
    for (const [id, state, ms] of letters) await world.sql(insert, [id, schoolId, state, ago(ms)])
    await run('sweep-deliveries')
    for (const [id, , , isRequested] of letters)
      expect(await world.sql('select from notification_jobs._private_jobs where key = $1', [`letter:${id}`])).to.have.length(
        isRequested ? 1 : 0,
      )
  })

  it('move nothing back to waiting that was sent meanwhile', async () => {
    const { userId, schoolId } = world.people.student
    const id = randomUUIDv7()
    await world.sql(delivery('sent', 'changed_at'), [id, userId, schoolId, ago(61_000), ago(0)])
    const { store } = (world.services[0] as { deps: Deps }).deps
    const change = { state: 'waiting' as const, dueAt: ago(0), now: ago(0) }
    expect(await store.transaction({ schoolId }, (unit) => unit.markDeliveries([id], 'sending', change))).to.deep.equal([])
    expect(await world.sql('select state from notification.delivery where id = $1', [id])).to.deep.equal([{ state: 'sent' }])
    expect(await world.sql('select from notification_jobs._private_jobs where key = $1', [`send:${id}`])).to.deep.equal([])
  })
})
