import { failures } from '@repitbot/contracts/texts/en/failures'
import { expect } from 'chai'
import { openScreens, press, type Screens, words } from './page.ts'
import { card, openTutor, planned, sheet } from './tutor.ts'

describe('a student whose membership is closed, in a real browser', function () {
  this.timeout(120_000)
  let screens: Screens
  before(async () => {
    screens = await openScreens()
  })
  after(async () => {
    await screens?.close()
  })

  it('has lessons that are off, and the page says why none of them is brought back until the student is', async () => {
    const one = await openTutor(screens)
    const { platform, enter } = screens
    const t = words.en
    const { id: lessonId } = await planned(one, 5)
    const [{ userId }] = one.students
    await platform.as('admin').people.disable({ userId })
    await platform.world.idle()
    const page = await enter(one.who, { width: 360 })
    await card(page, lessonId).getByText(t.status_cancelled_free).waitFor()
    await card(page, lessonId).locator('.lesson-name').click()
    await press(sheet(page), t.restoreLesson)
    await sheet(page).getByText(failures.person_closed).waitFor()
    await card(page, lessonId).getByText(t.status_cancelled_free).waitFor()
    await platform.as('admin').people.enable({ userId })
    await platform.world.idle()
    await Promise.all([page.waitForResponse('**/restore'), press(sheet(page), t.restoreLesson)])
    expect((await one.doors.lessons.get({ lessonId })).status).to.equal('scheduled')
  })
})
