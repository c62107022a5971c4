import { expect } from 'chai'
import { worldStart } from '../platform.ts'
import { type Chat, openTelegram, type Telegram } from '../telegram.ts'

describe('planning in the bot', function () {
  this.timeout(60_000)
  let telegram: Telegram
  let tutor: Chat
  const lessons = async (from = '2026-09-01', until = '2026-12-31') =>
    (await telegram.platform.as('tutor').lessons.list({ from: `${from}T00:00:00Z`, until: `${until}T00:00:00Z` })).lessons
  /** Plans a lesson of half an hour. */
  const planLesson = async (startsAt: string, who: 'student' | 'sibling' = 'student') => {
    const students = [{ studentId: telegram.platform.people[who].userId, priceMinor: 150_000 }]
    return telegram.platform.as('tutor').lessons.plan({ type: 'individual', subject: 'Maths', startsAt, minutes: 30, students })
  }
  const press = async (...labels: string[]) => {
    for (const label of labels) await tutor.press(label)
  }

  before(async () => {
    telegram = await openTelegram({ tutor: 101, student: 102, parent: 103 })
    tutor = await telegram.link('tutor', telegram.platform.people.tutor)
  })
  beforeEach(async () => {
    telegram.platform.world.clock.set(worldStart)
    await tutor.say('/cancel')
  })
  after(() => telegram?.close())

  it('shows the refusal of the server and keeps the card, so that another time can be chosen', async () => {
    await tutor.say('/add_lesson')
    await press('sibling')
    await tutor.say('Химия')
    await tutor.say('2026-09-10')
    await tutor.say('12:00')
    await press('60', 'Один раз')
    await tutor.say('100')
    const busy = await planLesson('2026-09-10T09:00:00Z', 'sibling')
    await press('Запланировать')
    expect(tutor.text()).to.contain('Это время уже занято').and.contain('12:00')
    await press('Время')
    await tutor.say('15:00')
    await press('Запланировать')
    expect(tutor.text()).to.contain('Запланировано')
    await telegram.platform.as('tutor').lessons.cancel({ lessonId: busy.id })
  })

  it('says at the time or the length that it is taken, and by whom, and keeps its place while an answer is changed', async () => {
    const usual = await planLesson('2026-09-12T09:00:00Z')
    const busy = await planLesson('2026-09-11T09:00:00Z', 'sibling')
    await tutor.say('/add_lesson')
    await press('student')
    await tutor.say('2026-09-11')
    await tutor.say('12:15')
    expect(tutor.text()).to.contain('⚠️ Это время занято: sibling, пт, 11 сент., 12:00, 30 мин').and.contain('3/6')
    await tutor.say('11:45')
    await press('45')
    expect(tutor.text()).to.contain('⚠️ Это время занято: sibling').and.contain('4/6')
    await tutor.say('15')
    await press('Один раз')
    expect(tutor.text()).to.contain('6/6')
    await press('Длительность')
    expect(tutor.text()).to.contain('4/6')
    await tutor.say('10')
    expect(tutor.text()).to.contain('6/6').and.contain('10 минут')
    await press('Повтор')
    expect(tutor.text()).to.contain('5/6')
    await press('Закрыть')
    for (const { id } of [usual, busy]) await telegram.platform.as('tutor').lessons.cancel({ lessonId: id })
  })

  it('takes a price to the kopeck', async () => {
    await planLesson('2026-09-20T09:00:00Z', 'sibling')
    await tutor.say('/add_lesson')
    await press('sibling', 'завтра')
    await tutor.say('19:00')
    await press('30', 'Один раз', 'Цена')
    await tutor.say('19.99')
    expect(tutor.text()).to.contain('19,99')
    await press('Запланировать')
    const planned = (await lessons()).find(({ startsAt }) => startsAt === '2026-09-08T16:00:00.000Z')
    expect(planned?.students[0]?.priceMinor).to.equal(1999)
  })
})
