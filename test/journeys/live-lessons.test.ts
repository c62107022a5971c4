import { expect } from 'chai'
import { openPlatform, type Platform, worldStart } from '../platform.ts'

const everybody = [
  'tutor',
  'student',
  'parent',
  'admin',
  'otherTutor',
  'sibling',
  'otherStudent',
  'otherParent',
  'stranger',
  'tutorB',
] as const
type Watcher = (typeof everybody)[number]
const concerned: Watcher[] = ['tutor', 'student', 'parent', 'admin']

describe('an open page', () => {
  let platform: Platform
  const leaving = new AbortController()
  /** The messages about lessons on each stream since the last change. */
  const received = new Map<Watcher, object[]>(everybody.map((who) => [who, []]))
  before(async function () {
    this.timeout(60_000)
    platform = await openPlatform()
    // A second tutor of the student sees the student, but not the lessons of other tutors.
    const { otherTutor, student } = platform.people
    await platform.as('admin').people.link({ holderId: otherTutor.userId, overId: student.userId, as: 'tutor' })
    await platform.world.idle()
    await Promise.all(everybody.map(watch))
  })
  after(async () => {
    leaving.abort()
    await platform?.close()
  })

  /** Opens a stream through the gateway, and returns after its first message. */
  async function watch(who: Watcher) {
    const messages = (await platform.as(who, 'gateway').inbox.stream({}, { signal: leaving.signal }))[Symbol.asyncIterator]()
    await messages.next()
    const listen = async () => {
      for (let next = await messages.next(); !next.done; next = await messages.next())
        if (next.value.event === 'lessons') received.get(who)?.push(next.value.data)
    }
    listen().catch(() => {})
  }
  /** Who gets a message within two seconds of a change. The message must hold no data about the lesson. */
  async function notifiedOf(change: () => Promise<unknown>): Promise<Watcher[]> {
    for (const messages of received.values()) messages.length = 0
    await change()
    await platform.world.idle()
    const until = Date.now() + 2_000
    while (concerned.some((who) => !received.get(who)?.length) && Date.now() < until)
      await new Promise((resolve) => setTimeout(resolve, 20))
    await new Promise((resolve) => setTimeout(resolve, 200))
    for (const messages of received.values()) for (const data of messages) expect(data).to.deep.equal({})
    return everybody.filter((who) => received.get(who)?.length)
  }

  it('is notified when a lesson that its person may see is planned, moved, reported, reopened or cancelled, and of no other lesson', async () => {
    const { people } = platform
    const { lessons } = platform.as('tutor')
    const students = [{ studentId: people.student.userId, priceMinor: 150_000 }]
    let lessonId = ''
    const plan = async () => {
      lessonId = (await lessons.plan({ type: 'individual', subject: 'Maths', startsAt: worldStart, minutes: 60, students })).id
    }
    const report = { students: [{ studentId: people.student.userId, attendance: 'attended' as const }] }
    expect(await notifiedOf(plan), 'planned').to.deep.equal(concerned)
    expect(await notifiedOf(() => lessons.complete({ lessonId, ...report })), 'reported').to.deep.equal(concerned)
    expect(await notifiedOf(() => lessons.reopen({ lessonId })), 'reopened').to.deep.equal(concerned)
    const later = new Date(Date.parse(worldStart) + 86_400_000).toISOString()
    expect(await notifiedOf(() => lessons.move({ lessonId, startsAt: later, minutes: 60 })), 'moved').to.deep.equal(concerned)
    expect(await notifiedOf(() => lessons.cancel({ lessonId })), 'cancelled').to.deep.equal(concerned)
  })
})
