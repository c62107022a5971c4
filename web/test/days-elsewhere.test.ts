import { expect } from 'chai'
import { worldStart } from '../../test/platform.ts'
import { openScreens, type Screens, signIn, words } from './page.ts'
import { card } from './tutor.ts'
import { newTutor, slot } from './week-tutor.ts'

const hourMs = 3_600_000

// Beside midnight, east and west of the zone in which everybody else of the tests lives, on a device of that zone.
describe('a day on the page of somebody in another zone', function () {
  this.timeout(120_000)
  let screens: Screens
  before(async () => {
    screens = await openScreens()
  })
  after(() => screens?.close())

  for (const [zone, offset] of [
    ['Asia/Vladivostok', '+10:00'],
    ['America/New_York', '-04:00'],
  ] as const)
    for (const time of ['00:30', '23:30'])
      it(`begins and ends at their own midnight, today and in the week: ${zone} at ${time}`, async () => {
        const { clock } = screens.platform.world
        clock.set(worldStart)
        const one = await newTutor(screens)
        const at = (day: number, wallTime: string) => new Date(`2026-09-${day}T${wallTime}:00${offset}`).toISOString()
        const plan = async (day: number, wallTime: string) =>
          (await one.plan(one.vera, (Date.parse(at(day, wallTime)) - Date.parse(worldStart)) / hourMs)).id
        const [before, early, late] = [await plan(13, '22:30'), await plan(14, '00:15'), await plan(14, '22:45')]
        const after = await plan(15, '00:15')
        await one.doors.people.changeMe({ language: 'en', zone, version: (await one.doors.auth.me({})).card.version })
        const page = await screens.visit({ deviceZone: zone })
        clock.set(at(14, time))
        await page.context().clock.setFixedTime(at(14, time))
        await page.goto('/')
        await signIn(page, one.who.email)
        await page.getByText('Monday 14 September').first().waitFor()
        const today = page.getByRole('region', { name: words.en.today, exact: true })
        await today.locator('article').nth(1).waitFor()
        const ids = await today.locator('article').evaluateAll((all) => all.map((each) => each.getAttribute('data-lesson')))
        expect(ids).to.deep.equal([early, late])
        expect(await card(page, after).count(), 'the lesson of tomorrow').to.equal(0)

        await page.goto('/week')
        const columnOf = async (id: string) => (await page.locator(`[data-event-id="${id}"]`).first().boundingBox())?.x ?? 0
        await page.locator(`[data-event-id="${after}"]`).first().waitFor()
        const [monday, tuesday] = [
          await slot(page, 'Mon 14 Sept, 12:00').boundingBox(),
          await slot(page, 'Tue 15 Sept, 12:00').boundingBox(),
        ]
        expect(monday && tuesday, 'the columns of the days').to.be.an('object')
        const [from, until] = [monday?.x ?? 0, tuesday?.x ?? 0]
        for (const id of [early, late]) expect(await columnOf(id)).to.be.within(from - 1, until - 1)
        expect(await columnOf(after)).to.be.at.least(until - 1)
        expect(await page.locator(`[data-event-id="${before}"]`).count(), 'the lesson of the Sunday before').to.equal(0)
      })
})
