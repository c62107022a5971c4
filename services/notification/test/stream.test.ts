import type { StreamMessage } from '@repitbot/contracts/endpoint'
import { openWorld, type World } from '@repitbot/kit/testing/world'
import { expect } from 'chai'
import { notificationService } from '../src/service.ts'

describe('the stream of the inbox', () => {
  let world: World
  let leaving: AbortController
  before(async () => {
    world = await openWorld({ services: [notificationService] })
  })
  beforeEach(() => {
    leaving = new AbortController()
  })
  afterEach(() => leaving.abort())
  after(() => world.close())

  const open = async (who: 'student' | 'parent' | 'sibling', lastEventId?: string) => {
    const headers: Record<string, string> = lastEventId ? { 'last-event-id': lastEventId } : {}
    const messages = (await world.as(who).inbox.stream({}, { signal: leaving.signal, headers }))[Symbol.asyncIterator]()
    let pending: Promise<IteratorResult<StreamMessage>> | undefined
    /** The next message, or nothing when none comes in time. */
    return async (msMax = 1_000): Promise<(StreamMessage & { data: { unread?: number } }) | undefined> => {
      pending ??= messages.next()
      pending.catch(() => {})
      const next = await Promise.race([pending, new Promise<undefined>((resolve) => setTimeout(() => resolve(undefined), msMax))])
      if (next) pending = undefined
      return next?.value
    }
  }
  let level = 1
  const levelUp = () => world.deliver('student.level_up', { studentId: world.people.student.userId, from: level, to: ++level })

  it('sends the state at once, and its change within a second of a notice', async () => {
    const next = await open('student')
    expect((await next())?.data).to.deep.equal({ unread: 0, newest: null })
    await levelUp()
    expect((await next())?.data.unread).to.equal(1)
    const { notices } = await world.as('student').inbox.list({})
    await world.as('student').inbox.read({ noticeId: notices[0]!.id })
    expect((await next())?.data.unread).to.equal(0)
  })

  it('sends nothing about the notices of others', async () => {
    const next = await open('sibling')
    await next()
    await levelUp()
    await world.idle()
    expect(await next(300)).to.equal(undefined)
  })

  it('resumes after the last message that was seen: nothing when nothing has changed, else the change at once', async () => {
    const first = await open('parent')
    const seen = await first()
    leaving.abort()
    leaving = new AbortController()
    expect(await (await open('parent', seen?.id))(300)).to.equal(undefined)
    leaving.abort()
    leaving = new AbortController()
    await levelUp()
    await world.idle()
    const missed = await (await open('parent', seen?.id))()
    expect(missed?.data.unread).to.equal((seen?.data.unread ?? 0) + 1)
  })
})
