import { expect } from 'chai'
import { worldStart } from '../platform.ts'
import { type Chat, openTelegram, type Telegram } from '../telegram.ts'

const hourMs = 3_600_000

describe('a family in the bot', function () {
  this.timeout(60_000)
  let telegram: Telegram
  let parent: Chat
  let student: Chat
  before(async () => {
    telegram = await openTelegram({ student: 202, parent: 203 })
    const { people } = telegram.platform
    parent = await telegram.link('parent', people.parent)
    student = await telegram.link('student', people.student)
  })
  beforeEach(() => telegram.platform.world.clock.set(worldStart))
  after(() => telegram?.close())

  /** Plans a lesson so many hours from now. */
  const planLesson = async (hours: number, group = false) => {
    const { people, as, world } = telegram.platform
    const seats = (group ? [people.student, people.sibling] : [people.student]).map(({ userId }) => ({
      studentId: userId,
      priceMinor: 150_000,
    }))
    const startsAt = new Date(world.clock.now().getTime() + hours * hourMs).toISOString()
    const type = group ? 'group' : 'individual'
    return (await as('tutor').lessons.plan({ type, subject: 'Maths', startsAt, minutes: 30, students: seats })).id
  }
  const get = (lessonId: string) => telegram.platform.as('tutor').lessons.get({ lessonId })
  /** Opens the lesson's card by its row of the schedule, the only one ahead. */
  const open = async (chat: Chat) => {
    await chat.say('/schedule')
    await chat.press('student')
  }

  it('calls a lesson off late: the card and the button name percent and sum before, and that is what it costs', async () => {
    const lessonId = await planLesson(15)
    await open(parent)
    await parent.press('Отменить занятие')
    expect(parent.text()).to.contain('100 % цены').and.contain('1\u00a0500\u00a0₽')
    expect(parent.labels()[0]).to.contain('Отменить и оплатить 1\u00a0500\u00a0₽ (100 %)')
    expect((await get(lessonId)).status).to.equal('scheduled')
    await parent.press('Отменить и оплатить')
    expect((await get(lessonId)).cancellation).to.include({ chargePercent: 100, by: telegram.platform.people.parent.userId })
    expect(parent.text()).to.contain('Отменено с оплатой')
    await parent.press('Вернуть')
    expect((await get(lessonId)).status).to.equal('scheduled')
    await telegram.platform.as('tutor').lessons.cancel({ lessonId })
  })

  it('pays nothing that the button did not name: a notice that ends meanwhile asks again, with the sum', async () => {
    const lessonId = await planLesson(24.1)
    await open(parent)
    await parent.press('Отменить занятие')
    expect(parent.text()).to.contain('Сейчас отмена бесплатна').and.contain('100 %')
    telegram.platform.world.clock.advance(7 * 60_000)
    await parent.press('Да, отменить: student')
    expect(parent.toast()).to.contain('больше, чем было показано')
    expect(parent.text()).to.contain('1\u00a0500\u00a0₽')
    expect((await get(lessonId)).status).to.equal('scheduled')
    await telegram.platform.as('tutor').lessons.cancel({ lessonId })
  })

  it('a student with a parent calls off what is free, and is refused what costs', async () => {
    const free = await planLesson(48)
    await open(student)
    await student.press('Отменить занятие')
    expect(student.text()).not.to.contain('₽')
    await student.press('Да, отменить')
    expect((await get(free)).status).to.equal('cancelled_free')
    const late = await planLesson(15)
    await open(student)
    await student.press('Отменить занятие')
    expect(student.toast() ?? student.text()).to.contain('родитель')
    expect((await get(late)).status).to.equal('scheduled')
    await telegram.platform.as('tutor').lessons.cancel({ lessonId: late })
  })

  it('reads on the card of a group why there is no cancelling, and what to do', async () => {
    const lessonId = await planLesson(48, true)
    await open(parent)
    expect(parent.text()).to.contain('Занятие групповое').and.contain('сказать репетитору')
    expect(parent.labels().filter((label) => label.includes('Отменить'))).to.deep.equal([])
    await telegram.platform.as('tutor').lessons.cancel({ lessonId })
  })
})
