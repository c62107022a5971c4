import { expect } from 'chai'
import { chats, type Deliveries, openDeliveries } from './deliveries.ts'
import { inHours, lessonEvents, noon } from './lesson-events.ts'

/** A letter without the encoding of quoted-printable. */
const plain = (raw: string) => raw.replaceAll(/=\r?\n/g, '').replaceAll('=3D', '=')

describe('a notice', () => {
  let out: Deliveries
  before(async () => {
    out = await openDeliveries()
  })
  beforeEach(async () => {
    await out.reset()
    out.world.clock.set(noon)
  })
  after(() => out?.close())
  const { lesson, levelUp, plan } = lessonEvents(() => out.world)

  it('links to what it is about: the lesson for each reader, the progress of the child, and the inbox where it is about several', async () => {
    const { student, sibling } = out.world.people
    const mailed = (who: string) => ({ email: `${who}@school.test`, language: 'en' as const })
    for (const who of ['student', 'parent', 'tutor'] as const) await out.setCard(who, mailed(who))
    const opened = () =>
      out.mail.letters
        .splice(0)
        .map(({ to, raw }) => `${to.split('@')[0]} ${/RepitBot: http:\/\/localhost:8000(\S*)/.exec(plain(raw))?.[1]}`)
    const { lessonId } = await plan(inHours(2), { subject: 'Algebra' })
    await out.world.deliver('lesson.moved', { ...lesson(inHours(4)), lessonId, version: 2, movedFrom: inHours(2), movedBy: student.userId })
    await out.world.idle()
    await out.sendDue()
    expect(new Set(opened())).to.deep.equal(
      new Set([`parent /lessons/${lessonId}`, `tutor /week?lesson=${lessonId}`, `student /lessons/${lessonId}`]),
    )
    await levelUp(2)
    out.world.clock.set('2026-09-13T15:00:00.000Z')
    await out.sendDue()
    expect(opened()).to.have.members([`student /progress?child=${student.userId}`, `parent /progress?child=${student.userId}`])
    await levelUp(3)
    await out.world.deliver('student.level_up', { studentId: sibling.userId, from: 1, to: 2 })
    await out.world.idle()
    out.world.clock.set('2026-09-20T15:00:00.000Z')
    await out.sendDue()
    expect(opened()).to.include('parent /inbox')
  })

  it('that is too long for Telegram is cut, and refers to the web app', async () => {
    await out.setCard('student', { telegramChatId: chats.student })
    await out.world.deliver('lesson.completed', {
      ...{ ...lesson(inHours(-2)), heldAt: inHours(-2), note: `${'я<'.repeat(3000)}` },
      students: [{ ...lesson(noon).students[0]!, attendance: 'attended', minutes: 60 }],
    })
    await out.world.idle()
    await out.sendDue()
    const [text] = out.telegramTexts('student')
    expect(text?.length).to.be.within(3800, 4096)
    expect(text).to.match(/…\nЧитать целиком на странице$/)
  })
})
