import { randomUUIDv7 } from 'node:crypto'
import { openWorld, type World } from '@repitbot/kit/testing/world'
import { expect } from 'chai'
import type { Deps } from '../src/deps.ts'
import { sweepReminders } from '../src/flows/sweep-reminders.ts'
import { notificationService } from '../src/service.ts'

const hourMs = 3_600_000

describe('reminders of lessons', () => {
  let world: World
  before(async () => {
    world = await openWorld({ services: [notificationService], jobs: true })
  })
  afterEach(() => world.clock.real())
  after(() => world.close())

  const inHours = (hours: number, ms = 0) => new Date(Date.now() + hours * hourMs + ms).toISOString()
  const lesson = (startsAt: string) => ({
    lessonId: randomUUIDv7(),
    tutorId: world.people.tutor.userId,
    type: 'individual' as const,
    subject: 'Алгебра',
    startsAt,
    minutes: 60,
    zone: 'Europe/Moscow',
    version: 1,
    videoUrl: 'https://video.test/room',
    students: [{ studentId: world.people.student.userId, priceMinor: 150_000, currency: 'RUB' }],
  })
  const plan = async (startsAt: string) => {
    const body = lesson(startsAt)
    const { correlationId } = await world.deliver('lesson.planned', body)
    await world.idle()
    return { ...body, correlationId }
  }
  /** The jobs of a lesson, as hours before its start by the clock of the test; the queue runs by the real time. */
  const jobs = async ({ lessonId, startsAt }: { lessonId: string; startsAt: string }) => {
    const rows = await world.sql<{ key: string; run_at: Date }>(
      'select key, run_at from notification_jobs._private_jobs where key like $1 and attempts < max_attempts order by run_at',
      [`%${lessonId}`],
    )
    const aheadMs = world.clock.now().getTime() - Date.now()
    return rows.map(({ run_at }) => Math.round((100 * (Date.parse(startsAt) - run_at.getTime() - aheadMs)) / hourMs) / 100)
  }
  const runNow = async ({ lessonId }: { lessonId: string }) => {
    await world.sql('update notification_jobs._private_jobs set run_at = now() where key like $1', [`%${lessonId}`])
    for (const deadline = Date.now() + 8_000; Date.now() < deadline; await new Promise((resolve) => setTimeout(resolve, 50)))
      if (!(await world.sql('select from notification_jobs._private_jobs where key like $1', [`%${lessonId}`])).length) return
    throw new Error('The jobs did not run')
  }
  const reminders = async (who: 'student' | 'parent', { lessonId }: { lessonId: string }) =>
    (await world.as(who).inbox.list({})).notices.filter(({ code, link }) => code.startsWith('lesson_reminder') && link.id === lessonId)

  it('come at their time, to the student and a day ahead to the parent, with the correlation id of the planning', async () => {
    const one = await plan(inHours(24, 1_000))
    expect(await jobs(one)).to.deep.equal([24, 1])
    for (const deadline = Date.now() + 8_000; Date.now() < deadline && !(await reminders('student', one)).length; )
      await new Promise((resolve) => setTimeout(resolve, 50))
    const [mine] = await reminders('student', one)
    expect(mine).to.include({ code: 'lesson_reminder_24h', correlationId: one.correlationId, expiresAt: one.startsAt })
    expect(mine?.body).to.contain('Ссылка на занятие: https://video.test/room')
    expect(await reminders('parent', one)).to.have.length(1)
    expect(await jobs(one)).to.deep.equal([1])
  })

  it('follow a lesson that is moved, also far away and back', async () => {
    const one = await plan(inHours(30))
    const moved = { ...one, startsAt: inHours(40), movedFrom: one.startsAt, version: 2 }
    await world.deliver('lesson.moved', moved)
    await world.idle()
    expect(await jobs(moved)).to.deep.equal([24, 1])
    const far = { ...moved, startsAt: inHours(400), movedFrom: moved.startsAt, version: 3 }
    await world.deliver('lesson.moved', far)
    await world.idle()
    expect(await jobs(far)).to.deep.equal([])
    const near = { ...far, startsAt: inHours(10), movedFrom: far.startsAt, version: 4 }
    await world.deliver('lesson.moved', near)
    await world.idle()
    expect(await jobs(near)).to.deep.equal([1])
    await world.deliver('lesson.moved', { ...moved, version: 2 })
    await world.idle()
    expect(await jobs(near), 'an older version changes nothing').to.deep.equal([1])
  })

  it('are removed with a cancelled lesson', async () => {
    const one = await plan(inHours(30))
    await world.deliver('lesson.cancelled', { ...one, version: 2, cancelledBy: one.tutorId, chargePercent: 0, makeUpCredit: false })
    await world.idle()
    expect(await jobs(one)).to.deep.equal([])
  })

  it('that were sent are no longer shown once the lesson is cancelled', async () => {
    const one = await plan(inHours(25))
    world.clock.set(inHours(1))
    await runNow(one)
    expect(await reminders('parent', one)).to.have.length(1)
    world.clock.real()
    await world.deliver('lesson.cancelled', { ...one, version: 2, cancelledBy: one.tutorId, chargePercent: 0, makeUpCredit: false })
    await world.idle()
    for (const who of ['student', 'parent'] as const) expect(await reminders(who, one), who).to.have.length(0)
  })

  it('that were sent are no longer shown once the lesson is moved, and come again for the new time', async () => {
    const one = await plan(inHours(25))
    world.clock.set(inHours(1))
    await runNow(one)
    expect(await reminders('student', one)).to.have.length(1)
    world.clock.real()
    await world.deliver('lesson.moved', { ...one, startsAt: inHours(26), movedFrom: one.startsAt, version: 2 })
    await world.idle()
    expect(await reminders('student', one)).to.have.length(0)
    world.clock.set(inHours(2))
    await runNow(one)
    expect((await reminders('student', one)).map(({ code }) => code)).to.deep.equal(['lesson_reminder_24h'])
    world.clock.set(inHours(27))
    expect(await reminders('student', one), 'dropped after the start').to.have.length(0)
  })

  it('are not sent when the job runs before its time or after the lesson has begun', async () => {
    const early = await plan(inHours(40))
    await runNow(early)
    expect(await reminders('student', early)).to.have.length(0)
    const late = await plan(inHours(30))
    world.clock.set(inHours(31))
    await runNow(late)
    world.clock.real()
    expect(await reminders('student', late)).to.have.length(0)
  })

  it('of lessons planned long ahead are requested when they come near', async () => {
    const one = await plan(inHours(72))
    expect(await jobs(one)).to.deep.equal([])
    const deps = world.services[0]?.deps as Deps
    await sweepReminders(deps)
    expect(await jobs(one)).to.deep.equal([])
    world.clock.set(inHours(30))
    await sweepReminders(deps)
    await sweepReminders(deps)
    expect(await jobs(one)).to.deep.equal([24, 1])
  })
})
