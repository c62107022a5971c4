import { expect } from 'chai'
import { fillPages, looksRightTo } from './every-page.ts'
import { closeVisits, openScreens, type Screens } from './page.ts'

describe('every page of those who teach and lead', function () {
  this.timeout(240_000)
  let screens: Screens
  let lesson = ''
  before(async () => {
    screens = await openScreens()
    lesson = await fillPages(screens)
  })
  afterEach(closeVisits)
  after(async () => {
    await screens?.close()
  })

  for (const reader of ['tutor', 'admin'] as const) looksRightTo(reader, () => ({ screens, lesson }))

  it('leaves the console silent', () => expect(screens.consoleMessages).to.deep.equal([]))
})
