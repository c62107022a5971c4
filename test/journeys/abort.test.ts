import { generateKeyPairSync, type KeyObject, randomUUIDv7 } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Role } from '@repitbot/contracts/endpoint'
import { tokenAudience, tokenIssuer } from '@repitbot/kit/auth'
import { cardOf } from '@repitbot/kit/testing/people'
import { expect } from 'chai'
import { SignJWT } from 'jose'
import { type Clients, clientsAt } from '../clients.ts'
import { type AbortPoint, abortPoints } from './abort-points.ts'
import { openProcesses, type Processes } from './processes.ts'

const dayMs = 86_400_000
const lessonsEach = 4

describe('a service that is killed', () => {
  let processes: Processes
  let tutor: Clients
  let lessons: string[]
  const schoolId = randomUUIDv7()
  const person = (role: Role) => ({ userId: randomUUIDv7(), schoolId, role })
  const people = {
    tutor: person('tutor'),
    students: Array.from({ length: lessonsEach }, () => person('student')),
    parent: person('parent'),
  }

  before(async function () {
    this.timeout(120_000)
    const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
    processes = await openProcesses({ keys: [{ ...publicKey.export({ format: 'jwk' }), kid: 'test' }] })
    const token = await tokenOf(people.tutor, privateKey)
    tutor = clientsAt((service) => (processes.urls as Record<string, string>)[service] ?? '', token)
    await introduce()
    lessons = await planLessons((abortPoints.length + 1) * lessonsEach)
    await processes.idle()
  })
  after(async function () {
    this.timeout(60_000)
    await processes?.close()
  })

  async function introduce() {
    for (const one of [people.tutor, ...people.students, people.parent])
      await processes.publish('user.created', cardOf(one.role, one), schoolId)
    for (const student of people.students)
      for (const [holder, as] of [
        [people.tutor, 'tutor'],
        [people.parent, 'parent'],
      ] as const)
        await processes.publish('reach.granted', { holderId: holder.userId, overId: student.userId, as, version: 1 }, schoolId)
    await processes.idle()
  }
  /** One lesson a day, for each student in turn, so that no daily cap of XP is reached. */
  async function planLessons(count: number) {
    const ids: string[] = []
    for (let nth = 0; nth < count; nth++) {
      const startsAt = new Date(Date.now() - (nth + 2) * dayMs).toISOString()
      const students = [{ studentId: people.students[nth % lessonsEach]?.userId ?? '', priceMinor: 1 }]
      ids.push((await tutor.lessons.plan({ type: 'individual', subject: 'Maths', startsAt, minutes: 60, students })).id)
    }
    return ids
  }
  /** Repeats the request until it is answered, as a client on a poor network does: the same report changes nothing the second time. */
  async function completeLesson(lessonId: string, nth: number) {
    const students = [{ studentId: people.students[nth % lessonsEach]?.userId ?? '', attendance: 'attended' as const }]
    for (let attempt = 0; ; attempt++) {
      const answer = await tutor.lessons.complete({ lessonId, students }).catch((error: unknown) => {
        if (attempt > 200) throw error
      })
      if (answer) return
      await sleep(50)
    }
  }
  /** Completes four lessons while a service is killed at the point and started again. */
  async function completeWithKill(point: AbortPoint) {
    const ids = lessons.splice(0, lessonsEach)
    const armed = await processes.arm(point)
    const reporting = Promise.all(ids.map(completeLesson))
    expect(await armed.ended(), 'the process reached the point').to.equal('SIGKILL')
    await processes.start(point.service)
    await reporting
    await processes.idle()
    return ids
  }
  /** How often each effect of these lessons has happened. */
  async function effects(ids: string[]) {
    const [counts] = await processes.sql(
      `select (select count(*)::int from lesson.lesson where id = any ($1) and status = 'completed') as completed,
        (select count(*)::int from lesson.outbox where name = 'lesson.completed' and envelope::jsonb #>> '{body,lessonId}' = any ($2)) as published,
        (select count(*)::int from student.xp_ledger where kind = 'lesson' and source_id = any ($2)) as ledger,
        (select sum(delta)::int from student.xp_ledger where kind = 'lesson' and source_id = any ($2)) as xp,
        (select count(*)::int from student.outbox where name = 'xp.earned' and envelope::jsonb #>> '{body,sourceId}' = any ($2)) as earned,
        (select count(*)::int from notification.notice where code = 'lesson_report' and link_id = any ($1)) as notices,
        (select count(distinct (recipient_id, link_id))::int from notification.notice where code = 'lesson_report' and link_id = any ($1)) as recipients`,
      [ids, ids],
    )
    return counts
  }
  const once = {
    completed: lessonsEach,
    published: lessonsEach,
    ledger: lessonsEach,
    xp: 150 * lessonsEach,
    earned: lessonsEach,
    notices: 2 * lessonsEach,
    recipients: 2 * lessonsEach,
  }
  const consumedTwice = async () =>
    (
      await processes.sql<{ count: number }>(
        `select count(*)::int as count from (
         select event_id from student.inbox group by 1 having count(*) > 1
         union all select event_id from notification.inbox group by 1 having count(*) > 1) twice`,
      )
    )[0]?.count

  for (const [name, point] of abortPoints)
    it(`loses nothing and does nothing twice: ${name}`, async function () {
      this.timeout(60_000)
      expect(await effects(await completeWithKill(point))).to.deep.equal(once)
      expect(await consumedTwice()).to.equal(0)
    })

  it('leaves totals that equal the ledger, every achievement once, and no dead letter', async () => {
    const [sums] = await processes.sql(
      `select (select count(*)::int from student.student s where s.total_xp <> (select sum(delta) from student.xp_ledger l where l.student_id = s.student_id)) as off,
        (select count(*)::int from (select student_id, source_id from student.xp_ledger where kind = 'achievement' group by 1, 2 having count(*) > 1) d) as doubled,
        (select count(*)::int from (select envelope::jsonb #>> '{body,studentId}', envelope::jsonb #>> '{body,code}' from student.outbox
          where name = 'achievement.earned' group by 1, 2 having count(*) > 1) d) as published_twice,
        (select count(*)::int from lesson.retry) + (select count(*)::int from student.retry) + (select count(*)::int from notification.retry) as retried`,
    )
    expect(sums).to.deep.equal({ off: 0, doubled: 0, published_twice: 0, retried: 0 })
  })

  it('consumes events twice without the primary key of the inbox: the control', async function () {
    this.timeout(60_000)
    await processes.sql('alter table student.inbox drop constraint inbox_pkey; alter table notification.inbox drop constraint inbox_pkey')
    await completeWithKill({ service: 'student', step: 'commit', when: 'after', having: 'inbox' })
    expect(await consumedTwice()).to.be.above(0)
  })
})

const tokenOf = ({ userId, schoolId, role }: { userId: string; schoolId: string; role: Role }, key: KeyObject) =>
  new SignJWT({ school: schoolId, role, sid: randomUUIDv7(), typ: 'access' })
    .setProtectedHeader({ alg: 'ES256', kid: 'test' })
    .setSubject(userId)
    .setIssuer(tokenIssuer)
    .setAudience(tokenAudience)
    .setExpirationTime('1h')
    .sign(key)
