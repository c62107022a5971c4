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
  /** What each stream has said of lessons since it was last asked. */
  const heard = new Map<Watcher, object[]>(everybody.map((who) => [who, []]))
  before(async function () {
    this.timeout(60_000)
    platform = await openPlatform()
    // A second tutor of the student sees the student, and not the lessons that others give.
    const { otherTutor, student } = platform.people
    await platform.as('admin').people.link({ holderId: otherTutor.userId, overId: student.userId, as: 'tutor' })
    await platform.world.idle()
    await Promise.all(everybody.map(watch))
  })
  after(async () => {
    leaving.abort()
    await platform?.close()
  })

  /** Opens a stream at the gateway's door, and returns once it has spoken. */
  async function watch(who: Watcher) {
    const messages = (await platform.as(who, 'gateway').inbox.stream({}, { signal: leaving.signal }))[Symbol.asyncIterator]()
    await messages.next()
    const listen = async () => {
      for (let next = await messages.next(); !next.done; next = await messages.next())
        if (next.value.event === 'lessons') heard.get(who)?.push(next.value.data)
    }
    listen().catch(() => {})
  }
  /** Who hears of it within two seconds, and that it is no more than that something has changed. */
  async function hearers(change: () => Promise<unknown>): Promise<Watcher[]> {
    for (const told of heard.values()) told.length = 0
    await change()
    await platform.world.idle()
    const until = Date.now() + 2_000
    while (concerned.some((who) => !heard.get(who)?.length) && Date.now() < until) await new Promise((resolve) => setTimeout(resolve, 20))
    await new Promise((resolve) => setTimeout(resolve, 200))
    for (const told of heard.values()) for (const data of told) expect(data).to.deep.equal({})
    return everybody.filter((who) => heard.get(who)?.length)
  }

  it('is told of a lesson that is planned, moved, reported, taken back and called off, where its person sees it, and of nothing else', async () => {
    const { people } = platform
    const { lessons } = platform.as('tutor')
    const students = [{ studentId: people.student.userId, priceMinor: 150_000 }]
    let lessonId = ''
    const plan = async () => {
      lessonId = (await lessons.plan({ type: 'individual', subject: 'Maths', startsAt: worldStart, minutes: 60, students })).id
    }
    const report = { students: [{ studentId: people.student.userId, attendance: 'attended' as const }] }
    expect(await hearers(plan), 'planned').to.deep.equal(concerned)
    expect(await hearers(() => lessons.complete({ lessonId, ...report })), 'reported').to.deep.equal(concerned)
    expect(await hearers(() => lessons.reopen({ lessonId })), 'taken back').to.deep.equal(concerned)
    const later = new Date(Date.parse(worldStart) + 86_400_000).toISOString()
    expect(await hearers(() => lessons.move({ lessonId, startsAt: later, minutes: 60 })), 'moved').to.deep.equal(concerned)
    expect(await hearers(() => lessons.cancel({ lessonId })), 'called off').to.deep.equal(concerned)
  })
})
