import { expect } from 'chai'
import { clientsAt } from '../clients.ts'
import { openPlatform, type Platform, password, worldStart } from '../platform.ts'

type Line = { service: string; msg: string; correlationId?: string; route?: string; status?: number }

describe('a completed lesson', () => {
  let platform: Platform
  const lines: Line[] = []
  before(async function () {
    this.timeout(60_000)
    platform = await openPlatform({ logLevel: 'info', logTo: { write: (line) => lines.push(JSON.parse(line) as Line) } })
  })
  after(() => platform?.close())

  it('is planned and reported by the tutor, gives the student XP, and comes to the inboxes of student and parent', async () => {
    const { world, gateway, people } = platform
    const anyone = clientsAt(() => gateway.url)
    const { accessToken } = await anyone.auth.login({ email: people.tutor.email, password })
    const tutor = clientsAt(() => gateway.url, accessToken)
    const students = [{ studentId: people.student.userId, priceMinor: 150_000 }]
    const lesson = await tutor.lessons.plan({ type: 'individual', subject: 'Maths', startsAt: worldStart, minutes: 60, students })

    const report = {
      topic: 'Fractions',
      students: [{ studentId: people.student.userId, attendance: 'attended', grade: { scale: 'five', value: 5 } }],
    }
    const answer = await fetch(`${gateway.url}/api/v1/lessons/${lesson.id}/complete`, {
      method: 'POST',
      headers: { authorization: `Bearer ${accessToken}`, 'content-type': 'application/json' },
      body: JSON.stringify(report),
    })
    expect(answer.status).to.equal(200)
    await world.idle()

    const student = platform.as('student', 'gateway')
    const progress = await student.students.progress({ studentId: people.student.userId })
    // 150 for an individual lesson, 100 for a five, 50 for the first achievement.
    expect(progress).to.deep.include({ totalXp: 300, level: 1 })
    const achievements = await student.students.achievements({ studentId: people.student.userId })
    expect(achievements.filter(({ earnedAt }) => earnedAt !== null).map(({ code }) => code)).to.deep.equal(['first_lesson'])

    const correlationId = answer.headers.get('x-correlation-id')
    for (const who of ['student', 'parent'] as const) {
      const { notices } = await platform.as(who, 'gateway').inbox.list({})
      const ours = notices.filter((notice) => notice.correlationId === correlationId)
      expect(ours.map(({ code }) => code)).to.have.members(['lesson_report', 'achievement_earned'])
      for (const { studentId, title, body } of ours) {
        expect(studentId).to.equal(people.student.userId)
        expect(title + body).to.match(/[А-Яа-я]/)
      }
    }
    expect((await platform.as('otherParent', 'gateway').inbox.list({})).notices).to.deep.equal([])
    await checkCorrelation(correlationId ?? '', lesson.id)
  })

  /** The correlation id is the same from the gateway's log to the row of the inbox. */
  async function checkCorrelation(correlationId: string, lessonId: string) {
    const { world, people } = platform
    const route = '/api/v1/lessons/:lessonId/complete'
    for (const service of ['gateway', 'lesson']) {
      const line = lines.find((one) => one.service === service && one.msg === 'answered' && one.correlationId === correlationId)
      expect(line, `the log of ${service}`).to.include({ route, status: 200 })
    }
    for (const name of ['lesson.completed', 'xp.earned', 'achievement.earned'] as const) {
      const ours = (await world.published(name)).filter((envelope) => envelope.correlationId === correlationId)
      expect(ours, name).to.have.length(name === 'xp.earned' ? 2 : 1)
    }
    const rows = await world.sql<{ recipient_id: string; code: string }>(
      'select recipient_id, code from notification.notice where correlation_id = $1 and link_id = $2',
      [correlationId, lessonId],
    )
    expect(rows.map(({ recipient_id }) => recipient_id)).to.have.members([people.student.userId, people.parent.userId])
  }

  it('is shown on an open page at once, through the gateway', async () => {
    const { people, gateway } = platform
    const leaving = new AbortController()
    const stream = await clientsAt(() => gateway.url, people.student.accessToken).inbox.stream({}, { signal: leaving.signal })
    const messages = stream[Symbol.asyncIterator]()
    const unread = async (): Promise<number> => {
      const { value, done } = await messages.next()
      if (done) return Number.NaN
      return value.event === 'inbox' ? (value.data as { unread: number }).unread : unread()
    }
    const before = await unread()
    const students = [{ studentId: people.student.userId, priceMinor: 1 }]
    const plan = { type: 'individual', subject: 'Physics', startsAt: '2026-09-08T08:00:00Z', minutes: 60, students } as const
    await platform.as('tutor').lessons.plan(plan)
    const begun = Date.now()
    expect(await unread()).to.equal(before + 1)
    expect(Date.now() - begun).to.be.below(3_000)
    leaving.abort()
    await messages.return?.().catch(() => {})
  })
})
