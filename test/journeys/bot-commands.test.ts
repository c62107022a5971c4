import { expect } from 'chai'
import { type Chat, openTelegram, type Telegram } from '../telegram.ts'

const own = {
  tutor: ['today', 'week', 'done', 'add_lesson', 'students', 'invite'],
  student: ['today', 'schedule', 'progress'],
  parent: ['schedule', 'children'],
}
const forEverybody = ['settings', 'language', 'privacy', 'help', 'menu', 'cancel', 'start']
const russian = /[А-Яа-я]/

describe('the commands of the bot', function () {
  this.timeout(60_000)
  let telegram: Telegram
  const chats: Record<string, Chat> = {}
  before(async () => {
    telegram = await openTelegram({ tutor: 101, student: 102, parent: 103, guest: 105 })
    const { people } = telegram.platform
    for (const role of ['tutor', 'student', 'parent'] as const) chats[role] = await telegram.link(role, people[role])
  })
  after(() => telegram?.close())

  for (const role of ['tutor', 'student', 'parent'] as const) {
    it(`in the chat of a ${role} are those for a ${role}, and no others`, () => {
      expect(chats[role]?.commands()).to.have.members([...own[role], ...forEverybody])
    })

    for (const [language, says] of [
      ['en', (text: string) => !russian.test(text.replaceAll('Русский', ''))],
      ['ru', (text: string) => russian.test(text)],
    ] as const)
      it(`are each answered to a ${role} in ${language}, with a way back or out`, async () => {
        const chat = chats[role] as Chat
        await chat.pressData(`v1:lang:${language}`)
        for (const command of [...own[role], ...forEverybody]) {
          const before = chat.last()?.id ?? 0
          await chat.say(`/${command}`)
          expect(chat.last()?.id, command).to.be.above(before)
          expect(says(chat.text()), `${command}: ${chat.text()}`).to.equal(true)
          expect(chat.labels().length, command).to.be.above(0)
        }
      })
  }

  it('of another role are refused with an explanation and a button to the menu', async () => {
    const chat = chats.student as Chat
    await chat.say('/add_lesson')
    expect(chat.text()).to.contain('другой роли')
    await chat.press('Меню')
    expect(chat.text()).to.contain('Привет')
  })

  it('tell an unregistered person how to register, and every message is answered', async () => {
    const guest = telegram.chat('guest')
    for (const words of ['/start', '/today', 'привет']) {
      const before = guest.count()
      await guest.say(words)
      expect(guest.count(), words).to.equal(before + 1)
    }
    expect(guest.text()).to.match(/код|ссылк/i)
    expect(guest.commands()).to.have.members(['language', 'privacy', 'help', 'menu', 'cancel', 'start'])
    await guest.pressData('v1:lang:en')
    await guest.say('/help')
    expect(guest.text()).to.contain('We have not met yet')
  })

  it('answer a text that the bot does not understand with the menu', async () => {
    const chat = chats.parent as Chat
    await chat.say('сколько времени?')
    expect(chat.text()).to.contain('Не получилось понять')
    expect(chat.labels().join()).to.contain('Дети')
  })

  it('speak «ты» to a student and «вы» to a parent', async () => {
    await chats.student?.say('/menu')
    await chats.parent?.say('/menu')
    expect(chats.student?.text()).to.contain('Привет')
    expect(chats.parent?.text()).to.contain('Здравствуйте')
  })

  it('show a student the progress bar of the game, and a parent the same of each child by one tap', async () => {
    const { platform } = telegram
    const { lessons } = platform.as('tutor')
    const students = [{ studentId: platform.people.student.userId, priceMinor: 100_000 }]
    const lesson = await lessons.plan({
      type: 'individual',
      subject: 'Физика <&>',
      startsAt: '2026-09-07T06:00:00Z',
      minutes: 60,
      students,
    })
    await lessons.complete({
      lessonId: lesson.id,
      note: '<b>& хорошо',
      students: [{ studentId: platform.people.student.userId, attendance: 'attended', grade: { scale: 'five', value: 5 } }],
    })
    await platform.world.idle()
    await chats.student?.say('/progress')
    expect(chats.student?.text()).to.contain('▰▰▰▱▱▱▱▱▱▱ 300 / 1000').and.contain('Достижений: 1')
    expect(chats.student?.text(), 'weeks come before days').to.match(/недель без пропусков\n.*день подряд/)
    await chats.parent?.say('/children')
    expect(chats.parent?.text()).to.contain('student').and.contain('Физика <&>').and.contain('<b>& хорошо')
    await chats.parent?.press('sibling')
    expect(chats.parent?.text()).to.contain('sibling').and.not.contain('Физика')
    await chats.parent?.press('student')
    await chats.parent?.press('Успехи')
    expect(chats.parent?.text()).to.contain('300 / 1000')
  })

  it('keep language, zone, channels and quiet hours, and say what is wrong with a zone', async () => {
    const chat = chats.parent as Chat
    const me = async () => (await telegram.platform.as('parent').auth.me({})).card
    await chat.say('/settings')
    await chat.press('Пояс')
    await chat.say('Европа')
    expect(chat.text()).to.contain('⚠️')
    await chat.say('Asia/Omsk')
    await chat.press('Тихие часы')
    await chat.say('23:30 - 07:15')
    await chat.press('Telegram: да, по умолчанию')
    await chat.press('Telegram: нет')
    await chat.press('Язык')
    expect(chat.text()).to.contain('Settings')
    const { language, zone, quietHours, channels } = await me()
    expect({ language, zone, quietHours }).to.deep.equal({
      language: 'en',
      zone: 'Asia/Omsk',
      quietHours: { from: '23:30', until: '07:15' },
    })
    expect(channels).to.include('telegram')
  })
})
