import { expect } from 'chai'
import type { Page } from 'playwright-core'
import { closeVisits, looksRight, openScreens, press, type Screens, untilTrue, words } from './page.ts'
import { at, newTutor, slot, type Tutor, weekOf } from './week-tutor.ts'

const t = words.en

describe('the week in a real browser', function () {
  this.timeout(120_000)
  let screens: Screens
  before(async () => {
    screens = await openScreens()
  })
  afterEach(closeVisits)
  after(async () => {
    await screens?.close()
  })

  /** Thursdays at 15:00 from this week on. */
  async function weekly({ doors, vera }: Tutor) {
    const rule = { freq: 'weekly' as const, weekdays: [4], at: '15:00', from: '2026-09-10', count: 4 }
    const common = { type: 'individual' as const, subject: 'Algebra', minutes: 60, students: [{ studentId: vera, priceMinor: 150_000 }] }
    await doors.series.plan({ ...common, ...rule })
    return (await doors.lessons.list({ from: at(0), until: at(24 * 60) })).lessons
  }
  const starts = async ({ doors }: Tutor) =>
    (await doors.lessons.list({ from: at(-1), until: at(24 * 60) })).lessons
      .filter(({ status }) => !status.startsWith('cancelled'))
      .map(({ startsAt, minutes }) => `${startsAt.slice(5, 16)}+${minutes}`)

  const event = (page: Page, id: string) => page.locator(`[data-event-id="${id}"]`)
  /** By the pointer alone: where a lesson lies already, nothing else could be asked to take it. */
  async function drag(page: Page, id: string, when: string) {
    await event(page, id).scrollIntoViewIfNeeded()
    const [from, to] = [await event(page, id).boundingBox(), await slot(page, when).boundingBox()]
    if (!from || !to) throw new Error('the week does not show it')
    await page.mouse.move(from.x + 60, from.y + 20)
    await page.mouse.down()
    await page.mouse.move(to.x + 40, to.y + 10, { steps: 5 })
    await page.mouse.move(to.x + 60, to.y + 4, { steps: 2 })
    await page.mouse.up()
  }
  const moved = (page: Page) => page.waitForResponse('**/move')

  it('shows at once what somebody else has planned, moved and called off', async () => {
    const one = await newTutor(screens)
    const page = await weekOf(screens, one)
    // A page that asks by the clock would show it after a minute.
    const atOnce = { timeout: 5_000 }
    const lesson = await screens.platform.as('admin').lessons.plan({
      ...{ type: 'individual', subject: 'Algebra', startsAt: at(50), minutes: 60, tutorId: one.who.userId },
      students: [{ studentId: one.vera, priceMinor: 150_000 }],
    })
    await event(page, lesson.id).filter({ hasText: '13:00' }).waitFor(atOnce)
    await screens.platform.as('admin').lessons.move({ lessonId: lesson.id, startsAt: at(51), minutes: 60 })
    await event(page, lesson.id).filter({ hasText: '14:00' }).waitFor(atOnce)
    await screens.platform.as('admin').lessons.cancel({ lessonId: lesson.id })
    await event(page, lesson.id).and(page.locator('[data-status=cancelled_free]')).waitFor(atOnce)
  })

  it('moves a lesson where it is dropped, by the clock of the person, and back again', async () => {
    const one = await newTutor(screens)
    const { id } = await one.plan(one.vera, 2)
    const page = await weekOf(screens, one)
    await drag(page, id, 'Wed 9 Sept, 14:00')
    await page.getByText(t.moved).waitFor()
    expect(await one.get(id)).to.deep.equal({ startsAt: '2026-09-09T11:00:00.000Z', minutes: 60 })
    await Promise.all([page.waitForResponse('**/undo'), press(page, t.undo)])
    expect(await one.get(id)).to.deep.equal({ startsAt: at(2), minutes: 60 })
  })

  it('stretches a lesson by its edge', async () => {
    const one = await newTutor(screens)
    const { id } = await one.plan(one.vera, 2)
    const page = await weekOf(screens, one)
    const box = await event(page, id).boundingBox()
    if (!box) throw new Error('the lesson is not shown')
    await page.mouse.move(box.x + box.width / 2, box.y + box.height - 1)
    await page.mouse.down()
    await page.mouse.move(box.x + box.width / 2, box.y + box.height + 31, { steps: 4 })
    await page.mouse.up()
    await page.getByText(t.moved).waitFor()
    expect(await one.get(id)).to.deep.equal({ startsAt: at(2), minutes: 90 })
  })

  it('drops no lesson upon another, and names whose time is taken, here and where the page cannot see', async () => {
    const one = await newTutor(screens)
    const mine = await one.plan(one.vera, 2)
    await one.plan(one.gleb, 4)
    const other = await screens.platform.newcomer('tutor')
    await screens.platform.world.idle()
    const elsewhere = { type: 'individual' as const, subject: 'Chess', startsAt: at(28), minutes: 60, tutorId: other.userId }
    await screens.platform.as('admin').lessons.plan({ ...elsewhere, students: [{ studentId: one.vera, priceMinor: 0 }] })
    const page = await weekOf(screens, one)
    await drag(page, mine.id, 'Mon 7 Sept, 15:00')
    await page.locator('.toast').getByText('Gleb, Mon 7 Sept, 15:00').waitFor()
    await drag(page, mine.id, 'Tue 8 Sept, 15:00')
    await page.locator('.toast').getByText('Vera, Tue 8 Sept, 15:00').waitFor()
    expect((await one.get(mine.id)).startsAt).to.equal(at(2))
    await event(page, mine.id).getByText('13:00').waitFor()
    screens.consoleMessages.splice(0)
  })

  for (const [scope, expected] of [
    ['this', ['09-11T13:00+60', '09-17T12:00+60', '09-24T12:00+60', '10-01T12:00+60']],
    ['following', ['09-11T13:00+60', '09-18T13:00+60', '09-25T13:00+60', '10-02T13:00+60']],
    ['all', ['09-11T13:00+60', '09-18T13:00+60', '09-25T13:00+60', '10-02T13:00+60']],
  ] as const)
    it(`asks which lessons of a series are moved: ${scope}`, async () => {
      const one = await newTutor(screens)
      const [first] = await weekly(one)
      const page = await weekOf(screens, one)
      await drag(page, first?.id ?? '', 'Fri 11 Sept, 16:00')
      await page.getByRole('dialog').waitFor()
      if (scope === 'this') await looksRight(page, 'which lessons')
      await press(page, t[`scope_${scope}`])
      await page.getByText(scope === 'this' ? t.moved : t.seriesMoved).waitFor()
      expect(await starts(one)).to.deep.equal(expected)
    })

  it('cancels the rest of a series from one of its lessons on', async () => {
    const one = await newTutor(screens)
    await weekly(one)
    const page = await weekOf(screens, one)
    await press(page, t.later)
    await page.locator('.lesson').click()
    await press(page, t.callOff)
    await page.getByRole('radio', { name: t.scope_following }).check()
    await press(page, t.callOffMany)
    await page.getByText(t.seriesCalledOff.split(':')[0] ?? '').waitFor()
    expect(await starts(one)).to.deep.equal(['09-10T12:00+60'])
  })

  it('is used by the keys alone: walk, move, stretch, plan and open, each told aloud', async () => {
    const one = await newTutor(screens)
    const first = await one.plan(one.vera, 2)
    const second = await one.plan(one.gleb, 26)
    const page = await weekOf(screens, one)
    const aloud = (text: string) => page.locator('.announcement').getByText(text).waitFor({ state: 'attached' })
    await event(page, first.id).focus()
    await page.keyboard.press('ArrowRight')
    expect(await page.evaluate('document.activeElement.dataset.eventId')).to.equal(second.id)
    await page.keyboard.press('Space')
    await aloud(t.grabbed)
    await page.keyboard.press('ArrowLeft')
    await aloud('Vera')
    for (const key of ['ArrowRight', 'ArrowRight', 'ArrowDown', 'Shift+ArrowDown']) await page.keyboard.press(key)
    await aloud('Wed 9 Sept, 13:15, 75 minutes')
    await Promise.all([moved(page), page.keyboard.press('Enter')])
    expect(await one.get(second.id)).to.deep.equal({ startsAt: '2026-09-09T10:15:00.000Z', minutes: 75 })
    await untilTrue(page, `document.activeElement.dataset.eventId === '${second.id}'`)
    await page.keyboard.press('Space')
    await page.keyboard.press('ArrowUp')
    await page.keyboard.press('Escape')
    await aloud(t.letGo)
    await page.keyboard.press('Enter')
    await page.getByRole('dialog').waitFor()
    await page.keyboard.press('Escape')
    await slot(page, 'Mon 7 Sept, 06:00').focus()
    for (const key of ['ArrowRight', 'ArrowDown', 'ArrowDown', 'Enter']) await page.keyboard.press(key)
    const sheet = page.getByRole('dialog')
    await sheet.getByLabel(t.time, { exact: true }).waitFor()
    expect(await sheet.getByLabel(t.day, { exact: true }).inputValue()).to.equal('2026-09-08')
    expect(await sheet.getByLabel(t.time, { exact: true }).inputValue()).to.equal('07:00')
  })

  for (const width of [360, 768, 1440])
    it(`has no barrier, and shows a phone the day: ${width} px`, async () => {
      const one = await newTutor(screens)
      await one.plan(one.vera, 2)
      const held = await one.plan(one.gleb, -2)
      await one.doors.lessons.complete({ lessonId: held.id, students: [{ studentId: one.gleb, attendance: 'attended' }] })
      await one.doors.lessons.cancel({ lessonId: (await one.plan(one.gleb, 4)).id })
      const page = await weekOf(screens, one, width)
      await page.locator('.lesson').first().waitFor()
      expect(await page.getByRole('navigation', { name: t.week }).count()).to.equal(width === 360 ? 1 : 0)
      await looksRight(page, 'week')
      await looksRight(page, 'the primary button under the pointer', page.getByRole('button', { name: t.planLesson, exact: true }))
      const beyond = `[...document.querySelectorAll('.week-grid *')].filter((one) => one.scrollWidth > one.clientWidth + 1 && getComputedStyle(one).overflowX === 'scroll').map((one) => one.className)`
      expect(await page.evaluate(beyond), 'the grid scrolls sideways').to.deep.equal([])
      await page.locator('.lesson').first().click()
      await press(page, t.correct)
      await page.keyboard.press('Escape')
    })

  it('opens where the lessons are, or at now in a week without any', async () => {
    const one = await newTutor(screens)
    const top = async (page: Page) => {
      const viewport = await page.locator('.week-grid .mantine-ScrollArea-viewport').boundingBox()
      const seen = async (when: string) => {
        const box = await slot(page, when).boundingBox()
        return Boolean(viewport && box && box.y >= viewport.y - 1 && box.y < viewport.y + viewport.height)
      }
      return { seen }
    }
    const empty = await top(await weekOf(screens, one))
    expect(
      [await empty.seen('Mon 7 Sept, 09:00'), await empty.seen('Mon 7 Sept, 11:00')],
      'a week without lessons is not at now',
    ).to.deep.equal([false, true])
    await one.plan(one.vera, 6.25)
    await one.plan(one.gleb, 31)
    for (const width of [1440, 360]) {
      const page = await weekOf(screens, one, width)
      await page.locator('.lesson').first().waitFor()
      const full = await top(page)
      expect([await full.seen('Mon 7 Sept, 07:00'), await full.seen('Mon 7 Sept, 17:00')], `${width}`).to.deep.equal([false, true])
    }
  })

  it('shows when and whose a lesson of 17 minutes is', async () => {
    const one = await newTutor(screens)
    const students = [{ studentId: one.vera, priceMinor: 150_000 }]
    await one.doors.lessons.plan({ type: 'individual', subject: 'Algebra', startsAt: at(2), minutes: 17, students })
    const page = await weekOf(screens, one)
    await page.locator('.lesson-who').waitFor()
    const inside = `(() => { const box = document.querySelector('.lesson').getBoundingClientRect()
      return ['.lesson-when', '.lesson-who'].map((part) => document.querySelector(part)).map((one) => {
        const { top, bottom, right } = one.getBoundingClientRect()
        return top >= box.top && bottom <= box.bottom + 0.5 && right <= box.right && one.scrollWidth <= one.clientWidth + 1 }) })()`
    expect(await page.evaluate(inside)).to.deep.equal([true, true])
  })

  it('names the zone of the clock where it is not that of the school', async () => {
    const one = await newTutor(screens)
    const { id } = await one.plan(one.vera, 2)
    const page = await screens.enter(one.who, { zone: 'Asia/Vladivostok' })
    await page.goto(`/week?lesson=${id}`)
    await page.getByRole('dialog').getByText('20:00 – 21:00').waitFor()
    await page.getByText('Moscow (UTC+3)').waitFor()
  })

  it('leaves the console silent', () => expect(screens.consoleMessages).to.deep.equal([]))
})
