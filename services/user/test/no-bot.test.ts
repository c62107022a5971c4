import { openWorld, serviceSecret, type World } from '@repitbot/kit/testing/world'
import { expect } from 'chai'
import { userService } from '../src/service.ts'
import { type OpenSchool, openSchool, refusal } from './school.ts'

describe('An installation without a bot', () => {
  let school: OpenSchool<World>
  before(async () => {
    const world = await openWorld({ services: [userService], people: false, env: { TELEGRAM_URL: '' } })
    school = await openSchool(world, serviceSecret)
  })
  after(() => school.world.close())

  it('says that it has no Telegram, and one with a bot that it has', async () => {
    expect(await school.as().auth.ways({})).to.deep.equal({ telegram: false, letters: false })
    const world = await openWorld({ services: [userService], people: false })
    const other = await openSchool(world, serviceSecret)
    expect(await other.as().auth.ways({})).to.deep.equal({ telegram: true, letters: false })
    await world.close()
  })

  it('puts no secret into a link to anybody’s bot: not that of an invitation, a sign-in or a binding', async () => {
    const admin = school.as(school.admin.accessToken)
    const made = await admin.people.invite({ role: 'tutor' })
    expect(made.telegramLink).to.equal(null)
    expect(JSON.stringify(made)).to.not.include('t.me')
    expect((await refusal(admin.auth.telegramLink({}))).code).to.equal('no_bot')
    expect((await refusal(school.as().auth.telegramLogin({}))).code).to.equal('no_bot')
    expect(await school.world.sql('select id from "user".telegram_request')).to.deep.equal([])
  })
})
