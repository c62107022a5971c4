import type { Language } from '@repitbot/contracts/person-card'
import * as en from '@repitbot/contracts/texts/en/notification'
import * as ru from '@repitbot/contracts/texts/ru/notification'
import { expect } from 'chai'
import type { Audience, Params } from './notice.ts'
import { noticeRows } from './notices.ts'
import { type Reader, render } from './render.ts'

const moscow = { language: 'ru', zone: 'Europe/Moscow' } as const
const london = { language: 'en', zone: 'Europe/London' } as const
const of = (
  code: string,
  params: Params,
  { audience = 'student' as Audience, reader = moscow as Reader, studentName = 'Маша' as string | null } = {},
) => render({ code, audience, params, studentName }, reader)
const lesson = { subject: 'Алгебра', startsAt: '2025-11-03T14:00:00.000Z', zone: 'Europe/Moscow', minutes: 60 }

describe('a notice as it is read', () => {
  it('has a text for each of its readers in both languages, with every value filled in', () => {
    for (const [code, { to, params }] of noticeRows)
      for (const audience of to)
        for (const reader of [moscow, london])
          for (const count of [1, 2, 5]) {
            const samples = Object.entries(params).map(([name, { sample }]) => [name, name === 'count' ? count : sample])
            const studentName = audience === 'tutor' ? null : 'Маша'
            const { title, body, fault } = of(code, Object.fromEntries(samples), { audience, reader, studentName })
            expect(fault, `${code} ${audience}`).to.equal(undefined)
            for (const text of [title, body])
              expect(text, `${code} ${audience}`)
                .to.match(/\S/)
                .and.not.match(/\{\{|undefined|notices\.|gathered\.|lines\./)
          }
  })

  it('is its code where it cannot be rendered: of a code, audience or value that is not there, or of a value of another kind', () => {
    const late = { ...lesson, startsAt: 'tomorrow' }
    const { minutes: _minutes, ...short } = lesson
    for (const [code, params, audience] of [
      ['of_tomorrow', lesson, 'student'],
      ['lesson_planned', lesson, 'tutor'],
      ['lesson_planned', late, 'student'],
      ['lesson_planned', short, 'student'],
      ['lesson_planned', { ...lesson, zone: 'Mars/Olympus' }, 'student'],
      ['agenda', { count: 1, unreported: 1, lessons: 'none' }, 'tutor'],
    ] as const) {
      const { fault, ...read } = of(code, params, { audience })
      expect(read).to.deep.equal({ title: code, body: '' })
      expect(fault).to.be.instanceOf(Error)
    }
  })

  it('says «your child» to parents alone: a tutor reads names, or that it is a student', () => {
    const params = { ...lesson, movedFrom: lesson.startsAt }
    const texts = (audience: Audience, code: string) => Object.values(of(code, params, { audience, studentName: null })).join(' ')
    expect(texts('parent', 'lesson_moved')).to.contain('Ваш ребёнок')
    for (const [code, { to, params: kinds }] of noticeRows)
      if (to.includes('tutor')) {
        const samples = Object.fromEntries(Object.entries(kinds).map(([name, { sample }]) => [name, sample]))
        expect(Object.values(of(code, samples, { audience: 'tutor', studentName: null })).join(' '), code).not.to.contain('Ваш ребёнок')
      }
  })

  it('shows the time on the reader’s wall, and names the zone only where the lesson’s wall shows another', () => {
    expect(of('lesson_planned', lesson).body).to.equal('Начало: пн, 3 нояб., 17:00. Длительность: 60 мин.')
    const east = of('lesson_planned', lesson, { reader: { language: 'ru', zone: 'Asia/Vladivostok' } })
    expect(east.body).to.equal('Начало: вт, 4 нояб., 00:00 (Владивосток). Длительность: 60 мин.')
    expect(of('lesson_planned', lesson, { reader: london }).body).to.equal('Starts Mon 3 Nov, 14:00 (United Kingdom Time). Lasts 60 min.')
    const minsk = of('lesson_planned', lesson, { reader: { language: 'ru', zone: 'Europe/Minsk' } })
    expect(minsk.body).to.equal('Начало: пн, 3 нояб., 17:00. Длительность: 60 мин.')
  })

  const counted: [Language, number, string][] = [
    ['ru', 1, 'У тебя 1 день занятий подряд'],
    ['ru', 3, 'У тебя 3 дня занятий подряд'],
    ['ru', 7, 'У тебя 7 дней занятий подряд'],
    ['ru', 14, 'У тебя 14 дней занятий подряд'],
    ['ru', 21, 'У тебя 21 день занятий подряд'],
    ['ru', 100, 'У тебя 100 дней занятий подряд'],
    ['en', 1, '1 day of lessons in a row'],
    ['en', 3, '3 days of lessons in a row'],
    ['en', 21, '21 days of lessons in a row'],
  ]
  for (const [language, count, title] of counted)
    it(`counts ${count} in ${language}`, () => {
      expect(of('streak_reached', { count }, { reader: { language, zone: 'UTC' } }).title).to.equal(title)
    })

  it('counts the lessons of a series that changed together, and names no number for a single one', () => {
    const params = { ...lesson, movedFrom: '2025-11-02T14:00:00.000Z', seriesId: 's' }
    const title = (count: number, audience: Audience = 'student') => of('lesson_moved', { ...params, count }, { audience }).title
    expect(title(1)).to.equal('Занятие перенесено: Алгебра')
    expect(title(2)).to.equal('Перенесены 2 занятия: Алгебра')
    expect(title(12, 'parent')).to.equal('Маша: перенесено 12 занятий')
  })

  it('reports attendance, topic, grade, note and XP, each only when it is known', () => {
    const report = { ...lesson, attendance: 'attended', gradeScale: 'five', grade: 4, topic: 'Дроби', note: 'Хорошо', xp: 210 }
    expect(of('lesson_report', report, { audience: 'parent' })).to.deep.equal({
      title: 'Маша: отчёт о занятии',
      body: 'Алгебра. Когда: пн, 3 нояб., 17:00\nПосещение: да\nТема: Дроби\nОценка: 4 из 5\nОт репетитора: Хорошо\nОпыт: +210 XP',
    })
    expect(of('lesson_report', { ...lesson, attendance: 'excused' }).body).to.equal(
      'Когда: пн, 3 нояб., 17:00\nПосещение: нет, по уважительной причине',
    )
    expect(of('lesson_report', { ...lesson, gradeScale: 'pass', grade: 0 }).body).to.contain('Незачёт')
  })

  it('names achievements in the reader’s language, and by their code when it does not know them', () => {
    const params = { achievement: 'first_lesson', rarity: 'common', rewardXp: 50 }
    expect(of('achievement_earned', params).title).to.equal('У тебя новое достижение: «Первый шаг»')
    expect(of('achievement_earned', params, { reader: london }).title).to.equal('You earned an achievement: “First step”')
    expect(of('achievement_earned', { ...params, achievement: 'of_tomorrow' }).title).to.contain('of_tomorrow')
  })

  it('is Russian, in the lesson’s own zone and without a name while the cards are not here', () => {
    const { title, body } = of('lesson_report', lesson, { audience: 'parent', reader: undefined, studentName: null })
    expect(title).to.equal('Ваш ребёнок: отчёт о занятии')
    expect(body).to.equal('Алгебра. Когда: пн, 3 нояб., 17:00')
  })

  it('leaves what people wrote as it is, even where it looks like a placeholder', () => {
    const note = '{{subject}} $t(unknown.child) <b>&</b>'
    expect(of('lesson_report', { ...lesson, note }).body).to.contain(`От репетитора: ${note}`)
    expect(of('lesson_report', { ...lesson, subject: '{{note}}' }).title).to.contain('{{note}}')
  })

  it('speaks to a student as «ты» and to others as «вы», and to a child never of money', () => {
    const flat = (texts: object): string =>
      Object.values(texts)
        .map((text) => (typeof text === 'string' ? text : flat(text)))
        .join('\n')
    const toStudents = (texts: object) => ('student' in texts ? flat(texts.student as object) : '')
    for (const [, texts] of [...Object.entries(ru.notices), ...Object.entries(ru.gathered)]) {
      expect(toStudents(texts)).not.to.match(/(^|[^а-яё])(вы|вас|вам|ваш\S*)(?![а-яё])/i)
      for (const [audience, text] of Object.entries(texts))
        if (audience !== 'student') expect(flat(text)).not.to.match(/(^|[^а-яё])(ты|тебя|тебе|тво\S*)(?![а-яё])/i)
    }
    const money = /оплат|плат[аиёе]|стоимост|price|paid|payment|charge|due\b/i
    for (const texts of [ru, en]) expect(Object.values(texts.notices).map(toStudents).join()).not.to.match(money)
  })
})
