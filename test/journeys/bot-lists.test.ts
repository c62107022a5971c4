import { changeMe } from '@repitbot/kit/testing/seen'
import { expect } from 'chai'
import { worldStart } from '../platform.ts'
import { type Chat, openTelegram, type Telegram } from '../telegram.ts'

describe('a list in the bot', function () {
  this.timeout(120_000)
  let telegram: Telegram
  let tutor: Chat
  let parent: Chat
  const plan = (startsAt: string, subject = 'Maths') => {
    const students = [{ studentId: telegram.platform.people.student.userId, priceMinor: 150_000 }]
    return telegram.platform.as('tutor').lessons.plan({ type: 'individual', subject, startsAt, minutes: 30, students })
  }
  const cancelAll = async () => {
    // Tokens are good by this clock.
    telegram.platform.world.clock.set(worldStart)
    const { lessons } = await telegram.platform.as('tutor').lessons.list({ from: '2026-08-01T00:00:00Z', until: '2026-12-01T00:00:00Z' })
    for (const { id, status } of lessons)
      if (status === 'scheduled' || status === 'awaiting_confirmation') await telegram.platform.as('tutor').lessons.cancel({ lessonId: id })
  }
  before(async () => {
    telegram = await openTelegram({ tutor: 101, parent: 103 })
    tutor = await telegram.link('tutor', telegram.platform.people.tutor)
    parent = await telegram.link('parent', telegram.platform.people.parent)
  })
  beforeEach(async () => {
    telegram.platform.world.clock.set(worldStart)
    await tutor.say('/cancel')
  })
  afterEach(cancelAll)
  after(() => telegram?.close())

  // Each on a Monday of its own: what is before it is in another week.
  for (const [zone, offset, sunday, monday, tuesday] of [
    ['Asia/Vladivostok', '+10:00', 13, 14, 15],
    ['America/New_York', '-04:00', 20, 21, 22],
  ] as const)
    for (const time of ['00:30', '23:30'])
      it(`of a day or a week begins and ends at midnight of its reader: ${zone} at ${time}`, async () => {
        await tutor.say('/settings')
        await tutor.press('Пояс')
        await tutor.say(zone)
        const at = (day: number, wallTime: string) => new Date(`2026-09-${day}T${wallTime}:00${offset}`).toISOString()
        for (const [day, wallTime, subject] of [
          [sunday, '23:00', 'Before'],
          [monday, '00:15', 'Early'],
          [monday, '23:15', 'Late'],
          [tuesday, '00:15', 'After'],
        ] as const)
          await plan(at(day, wallTime), subject)
        telegram.platform.world.clock.set(at(monday, time))
        await tutor.say('/today')
        expect(tutor.text()).to.contain(`пн, ${monday} сент.`).and.contain('00:15 student, Early').and.contain('23:15 student, Late')
        expect(tutor.text()).not.to.match(/Before|After/)
        await tutor.say('/week')
        expect(tutor.text())
          .to.contain(`Неделя с пн, ${monday} сент.`)
          .and.contain(`пн, ${monday} сент.: 2 занятия`)
          .and.contain(`вт, ${tuesday} сент.: 1 занятие`)
        await tutor.press('‹')
        expect(tutor.text()).to.contain(`вс, ${sunday} сент.: 1 занятие`)
      })

  it('of lessons that wait for a report has only those that have begun, also those of months ago', async () => {
    await plan('2026-08-01T08:00:00Z')
    await plan('2026-09-07T07:30:00Z')
    await plan('2026-09-07T08:30:00Z')
    await tutor.say('/done')
    expect(tutor.labels().filter((label) => label.includes('student'))).to.have.length(2)
    expect(tutor.labels().join()).to.contain('1 авг.')
  })

  it('of a report that was given elsewhere meanwhile shows that report, and nothing is written over it', async () => {
    const { id } = await plan('2026-09-02T07:30:00Z')
    await tutor.say('/done')
    await tutor.press('student')
    const students = [{ studentId: telegram.platform.people.student.userId, attendance: 'excused' as const }]
    await telegram.platform.as('tutor').lessons.complete({ lessonId: id, note: 'From the page', students })
    await tutor.press('Занятие было')
    expect(tutor.toast()).to.equal('Уже обработано')
    expect(tutor.text()).to.contain('From the page').and.contain('по уважительной причине')
    const { note, students: seats } = await telegram.platform.as('tutor').lessons.get({ lessonId: id })
    expect([note, seats[0]?.attendance]).to.deep.equal(['From the page', 'excused'])
  })

  it('of the last lessons of a child has the last three, the latest first, though there are more than a page of them', async () => {
    const { world, as, people } = telegram.platform
    for (const day of [1, 2, 3, 4]) {
      const lesson = await plan(`2026-09-06T0${day}:00:00Z`, `Topic ${day}`)
      await as('tutor').lessons.complete({ lessonId: lesson.id, students: [{ studentId: people.student.userId, attendance: 'attended' }] })
    }
    await world.idle()
    await parent.say('/children')
    expect([...parent.text().matchAll(/Topic \d/g)].map(([found]) => found)).to.deep.equal(['Topic 4', 'Topic 3', 'Topic 2'])
  })

  it('of a family has a day on each button', async () => {
    await plan('2026-09-08T08:00:00Z')
    await plan('2026-09-09T08:00:00Z')
    await parent.say('/schedule')
    expect(parent.labels().filter((label) => label.includes('11:00'))).to.deep.equal([
      '▫️ вт, 8 сент., 11:00 student',
      '▫️ ср, 9 сент., 11:00 student',
    ])
  })

  it('of lessons is read to its end: a day with more of them than one answer has', async () => {
    const { id } = await plan('2026-10-05T07:00:00Z')
    // As in a big school: the same lesson and its student under 504 other ids.
    await telegram.platform.world.sql(
      `with copies as (
         insert into lesson.lesson
         select (jsonb_populate_record(l, jsonb_build_object('id', gen_random_uuid()))).* from lesson.lesson l, generate_series(1, 504)
         where id = $1 returning id)
       insert into lesson.lesson_seat
       select (jsonb_populate_record(s, jsonb_build_object('lesson_id', copies.id))).* from lesson.lesson_seat s, copies where s.lesson_id = $1`,
      [id],
    )
    await tutor.say('/menu')
    await tutor.pressData('v1:week:2026-10-05')
    expect(tutor.text()).to.contain('пн, 5 окт.: 505 занятий')
    await telegram.platform.world.sql("delete from lesson.lesson where starts_at > '2026-10-05' and id <> $1", [id])
  })

  it('of a day and a week has what series will have where no lesson is planned yet, and nothing to open of it', async () => {
    const { as, people } = telegram.platform
    await changeMe(as('tutor'), { zone: 'Europe/Moscow' })
    const { id: seriesId } = await as('tutor').series.plan({
      ...{ type: 'individual', subject: 'Chess', minutes: 30, freq: 'weekly', weekdays: [4], at: '15:00', from: '2026-12-10' },
      students: [{ studentId: people.student.userId, priceMinor: 150_000 }],
    })
    await tutor.say('/menu')
    await tutor.pressData('v1:week:2026-12-07')
    expect(tutor.text()).to.contain('чт, 10 дек.: по серии: 1').and.contain('пт, 11 дек.: свободно')
    await tutor.press('чт, 10 дек.')
    expect(tutor.text()).to.contain('15:00 student, Chess: по серии, ещё не запланировано').and.not.contain('Занятий нет')
    expect(tutor.labels().join()).not.to.contain('student')
    await as('tutor').series.cancel({ seriesId, scope: 'all' })
  })

  it('says of a lesson that it is online, until it is called off', async () => {
    const { as, people } = telegram.platform
    const students = [{ studentId: people.student.userId, priceMinor: 150_000 }]
    const lesson = { type: 'individual' as const, subject: 'Video', minutes: 30, videoUrl: 'https://video.test/room', students }
    const { id: lessonId } = await as('tutor').lessons.plan({ ...lesson, startsAt: '2026-09-07T10:00:00Z' })
    await plan('2026-09-07T12:00:00Z', 'Video')
    const rows = async (chat: Chat, command: string) => {
      await chat.say(command)
      return chat
        .text()
        .split('\n')
        .filter((line) => line.includes('Video'))
        .map((line) => line.includes('онлайн'))
    }
    expect(await rows(parent, '/schedule')).to.deep.equal([true, false])
    expect(await rows(tutor, '/today')).to.deep.equal([true, false])
    await as('tutor').lessons.cancel({ lessonId })
    expect((await rows(tutor, '/today'))[0]).to.equal(false)
  })

  it('of students has all of a school, each found by a part of the name, when listed, planned for or invited', async () => {
    const { people } = telegram.platform.as('tutor')
    for (let at = 0; at < 205; at++) await people.create({ role: 'student', name: `Pupil ${String(at).padStart(3, '0')}` })
    await people.create({ role: 'student', name: 'Ящук Семён' })
    await tutor.say('/students')
    expect(tutor.labels().join()).to.contain('1/26')
    await tutor.say('сем')
    await tutor.press('Ящук Семён')
    expect(tutor.text()).to.contain('Ящук Семён')
    await tutor.say('/add_lesson')
    expect(tutor.text()).to.contain('напишите часть имени')
    await tutor.say('СЕМЁН')
    await tutor.press('Ящук Семён')
    expect(tutor.text()).to.contain('Какой предмет')
    await tutor.say('/cancel')
    await tutor.say('/invite')
    await tutor.say('nobody at all')
    expect(tutor.text()).to.contain('никого нет')
    await tutor.press('Все ученики')
    await tutor.say('ящ')
    await tutor.press('Ящук Семён')
    expect(tutor.text()).to.contain('Кого пригласить')
    await tutor.say('/cancel')
  })
})
