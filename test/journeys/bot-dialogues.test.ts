import { randomUUIDv7 } from 'node:crypto'
import { expect } from 'chai'
import { worldStart } from '../platform.ts'
import { type Chat, openTelegram, type Telegram } from '../telegram.ts'

const minuteMs = 60_000

describe('a dialogue with the bot', function () {
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
  /** A student with whom nothing was planned, so that no answer of a dialogue is suggested. */
  const addStudent = async (name: string) => {
    await telegram.platform.as('tutor').people.create({ role: 'student', name })
    await telegram.platform.world.idle()
  }
  const press = async (...labels: string[]) => {
    for (const label of labels) await tutor.press(label)
  }
  const advance = (ms: number) => telegram.platform.world.clock.advance(ms)

  before(async () => {
    telegram = await openTelegram({ tutor: 101, student: 102, parent: 103 })
    tutor = await telegram.link('tutor', telegram.platform.people.tutor)
  })
  beforeEach(async () => {
    telegram.platform.world.clock.set(worldStart)
    await tutor.say('/cancel')
  })
  after(() => telegram?.close())

  it('plans a lesson step by step, and can undo it within five minutes', async () => {
    await addStudent('Vera')
    await tutor.say('/add_lesson')
    expect(tutor.text()).to.contain('1/8')
    await press('Vera')
    expect(tutor.text()).to.contain('2/8')
    await tutor.say('Химия')
    await press('завтра', '17', '17:15', '60', 'Один раз')
    await tutor.say('1 500')
    expect(tutor.text())
      .to.contain('Химия')
      .and.contain('вт, 8 сент., 17:15')
      .and.contain('60 минут')
      .and.match(/1\s500\s₽/)
    await press('Запланировать')
    const [planned] = (await lessons()).filter(({ subject }) => subject === 'Химия')
    expect(planned).to.deep.include({ startsAt: '2026-09-08T14:15:00.000Z', minutes: 60, status: 'scheduled' })
    await press('Вернуть')
    expect((await lessons()).find(({ id }) => id === planned?.id)?.status).to.equal('cancelled_free')
  })

  it('plans a series by picking days of a calendar, and suggests the usual values of a student', async () => {
    await planLesson('2026-09-07T03:00:00Z')
    await tutor.say('/add_lesson')
    await press('student', 'Календарь', '›', '15')
    expect(tutor.text()).to.contain('Во сколько')
    await tutor.say('10.30')
    await press('45', 'Каждую неделю')
    expect(tutor.text()).to.contain('Maths').and.contain('чт, 15 окт., 10:30')
    await press('Запланировать')
    expect((await lessons('2026-10-15', '2026-10-23')).map(({ startsAt }) => startsAt)).to.deep.equal([
      '2026-10-15T07:30:00.000Z',
      '2026-10-22T07:30:00.000Z',
    ])
    await press('Вернуть')
    expect((await lessons('2026-10-15', '2026-10-23')).filter(({ status }) => !status.startsWith('cancelled'))).to.deep.equal([])
  })

  it('says what is wrong with an answer, keeps this step and the earlier ones, and goes back step by step', async () => {
    await addStudent('Gleb')
    await tutor.say('/add_lesson')
    await press('Gleb')
    await tutor.say('я'.repeat(101))
    expect(tutor.text()).to.contain('⚠️').and.contain('до 100 символов').and.contain('2/8')
    await tutor.say('Химия')
    await tutor.say('2026-09-01')
    expect(tutor.text()).to.contain('уже прошёл')
    await tutor.say('2026-09-09')
    await tutor.say('25:00')
    expect(tutor.text()).to.contain('17:15').and.contain('⚠️')
    await press('Назад', 'Назад')
    expect(tutor.text()).to.contain('Какой предмет')
    await press('Назад', 'Назад')
    expect(tutor.labels().join()).to.contain('Сегодня')
  })

  it('is paused by another command and after a quarter of an hour, and can be continued for a day', async () => {
    // Subject and price are filled in from it.
    await planLesson('2026-09-25T09:00:00Z', 'sibling')
    await tutor.say('/add_lesson')
    await press('sibling', 'завтра')
    await tutor.say('/today')
    await tutor.say('17:00')
    expect(tutor.text()).to.contain('Продолжить?')
    await press('Продолжить')
    expect(tutor.text()).to.contain('Во сколько')
    const card = tutor.last()?.id
    const data = tutor.dataOf('17')
    advance(16 * minuteMs)
    await tutor.pressData(data, card)
    expect(tutor.text()).to.contain('Продолжить?')
    await tutor.say('/add_lesson')
    expect(tutor.text()).to.contain('Продолжить?')
    await press('Начать заново')
    expect(tutor.text()).to.contain('С кем?')
  })

  it('reports a lesson in two taps, does it once though the second tap comes twice, and can undo it within five minutes', async () => {
    const lesson = await planLesson('2026-09-07T07:00:00Z')
    await tutor.say('/done')
    await press('07 сент., 10:00'.slice(1))
    expect(tutor.labels()[0]).to.contain('Занятие было, готово')
    const card = tutor.last()?.id
    const data = tutor.dataOf('Занятие было')
    telegram.emulator.chats.tap(tutor.id, card ?? 0, data)
    await tutor.pressData(data, card)
    expect(tutor.toast()).to.equal('Уже обработано')
    const events = (await telegram.platform.world.published('lesson.completed')).filter(({ body }) => body.lessonId === lesson.id)
    expect(events).to.have.length(1)
    expect(tutor.text()).to.contain('Проведено')
    await press('Вернуть')
    expect((await telegram.platform.as('tutor').lessons.get({ lessonId: lesson.id })).status).to.equal('awaiting_confirmation')
    expect(tutor.toast()).to.contain('всё как раньше')
  })

  it('keeps the private note of a report that it corrects, and never shows it', async () => {
    const { id: lessonId, students } = await planLesson('2026-09-07T04:00:00Z')
    const report = { students: students.map(({ studentId }) => ({ studentId, attendance: 'attended' as const })) }
    await telegram.platform.as('tutor').lessons.complete({ lessonId, privateNote: 'Стесняется', ...report })
    await tutor.say('/today')
    await press('07:00', 'Исправить', '✅ student')
    expect(tutor.text()).not.to.contain('Стесняется')
    await press('Готово')
    const corrected = await telegram.platform.as('tutor').lessons.get({ lessonId })
    expect([corrected.students[0]?.attendance, corrected.privateNote]).to.deep.equal(['excused', 'Стесняется'])
  })

  it('refuses to undo after five minutes, and corrects the report instead: attendance, grade, topic and note', async () => {
    const lesson = await planLesson('2026-09-07T06:00:00Z')
    await tutor.say('/done')
    await press('09:00')
    await press('Занятие было')
    advance(6 * minuteMs)
    await press('Вернуть')
    expect(tutor.toast()).to.contain('больше 5 минут')
    await press('Исправить', '🎓', '5', 'Тема')
    await tutor.say('Дроби <&>')
    await press('Заметка')
    await tutor.say('Отлично!')
    expect(tutor.text()).to.contain('Дроби <&>').and.contain('Отлично!')
    await press('Готово')
    const { topic, note, students } = await telegram.platform.as('tutor').lessons.get({ lessonId: lesson.id })
    expect({ topic, note, grade: students[0]?.grade?.value }).to.deep.equal({ topic: 'Дроби <&>', note: 'Отлично!', grade: 5 })
    await press('Исправить', '✅ student', 'Готово')
    const corrected = await telegram.platform.as('tutor').lessons.get({ lessonId: lesson.id })
    expect(corrected.students[0]?.attendance).to.equal('excused')
    expect(corrected.topic).to.equal('Дроби <&>')
    await press('Вернуть')
    const former = await telegram.platform.as('tutor').lessons.get({ lessonId: lesson.id })
    expect([former.status, former.students[0]?.attendance, former.students[0]?.grade?.value, former.note]).to.deep.equal([
      'completed',
      'attended',
      5,
      'Отлично!',
    ])
  })

  it('renews a card that is older than a change elsewhere, and its old button does nothing', async () => {
    const lesson = await planLesson('2026-09-20T09:00:00Z')
    await tutor.say('/today')
    await tutor.pressData('v1:day:2026-09-20')
    await press('12:00')
    await telegram.platform.as('tutor').lessons.move({ lessonId: lesson.id, startsAt: '2026-09-20T10:00:00Z' })
    await press('Отменить занятие')
    expect(tutor.toast()).to.equal('Уже обработано')
    expect(tutor.text()).to.contain('13:00').and.contain('Перенесено')
    await press('Отменить занятие')
    expect(tutor.text()).to.contain('Отменить занятие?').and.contain('student').and.contain('13:00')
    await press('Да, отменить: student')
    expect((await telegram.platform.as('tutor').lessons.get({ lessonId: lesson.id })).status).to.equal('cancelled_free')
    await press('Вернуть')
    expect((await telegram.platform.as('tutor').lessons.get({ lessonId: lesson.id })).status).to.equal('rescheduled')
  })

  it('checks access anew at each tap: a record that is no longer linked to the person is not found', async () => {
    const { platform } = telegram
    const parent = await telegram.link('parent', platform.people.parent)
    await parent.say('/children')
    const data = parent.dataOf('Успехи')
    const { userId } = platform.people.student
    await platform.as('admin').people.unlink({ holderId: platform.people.parent.userId, overId: userId, as: 'parent' })
    await platform.world.idle()
    await parent.pressData(data)
    expect(parent.toast()).to.equal('Не найдено.')
    expect(parent.text()).to.contain('student')
  })

  it('stays at its step and does nothing twice when an update is handled again', async () => {
    const { again, platform } = telegram
    await planLesson('2026-09-04T09:00:00Z', 'sibling')
    await tutor.say('/add_lesson')
    for (const label of ['sibling', 'завтра', '20', '20:00', '30', 'Один раз']) {
      await press(label)
      const before = [tutor.text(), tutor.labels()]
      await again()
      expect([tutor.text(), tutor.labels()], label).to.deep.equal(before)
    }
    await press('Запланировать')
    await again()
    expect(tutor.text()).to.contain('✅ Запланировано')
    expect((await lessons()).filter(({ startsAt }) => startsAt === '2026-09-08T17:00:00.000Z')).to.have.length(1)

    const invitations = async () => (await platform.as('tutor').people.invitations({})).length
    const made = await invitations()
    await tutor.say('/invite')
    await press('student', 'Родитель')
    const text = tutor.text()
    await again()
    expect(tutor.text()).to.equal(text)
    expect(await invitations()).to.equal(made + 1)
  })

  it('answers a tap on a button that belongs to no dialogue', async () => {
    await tutor.say('/menu')
    for (const data of ['v1:w:zzz.plan', 'v1:gone:x', 'nonsense', `v1:les:${randomUUIDv7()}`, 'v1:les:', 'v1:day:x.y', 'v1:go:nothing']) {
      await tutor.pressData(data)
      expect(tutor.last(), data).not.to.equal(undefined)
    }
  })
})
