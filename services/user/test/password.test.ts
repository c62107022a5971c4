import type { Letter } from '@repitbot/contracts/letter'
import { openWorld, serviceSecret, type World } from '@repitbot/kit/testing/world'
import { expect } from 'chai'
import { issueFirstLink } from '../src/flows/issue-first-link.ts'
import { userService } from '../src/service.ts'
import { adminEmail, type OpenSchool, openSchool, password, refusal } from './school.ts'

describe('A one-time link', () => {
  let school: OpenSchool<World>
  before(async () => {
    school = await openSchool(await openWorld({ services: [userService], people: false, jobs: true }), serviceSecret)
  })
  after(() => school.world.close())
  afterEach(() => school.world.clock.real())

  /** Every published letter, once no more is being prepared. */
  const letters = async () => {
    for (let waiting = 1; waiting; ) {
      const [jobs] = await school.world.sql<{ count: number }>(
        `select count(*)::int as count from user_jobs.jobs where task_identifier = 'passwordLink'`,
      )
      waiting = jobs!.count
      await new Promise((resolve) => setTimeout(resolve, 20))
    }
    const letters = await school.world.published('letter.written')
    return letters.map(({ body: { letterId, sealed } }) => JSON.parse(school.deps.letters.unseal(letterId, sealed)!) as Letter)
  }
  const tokenOf = ({ link }: Letter) => /reset#([\w-]+)/.exec(link.url)![1]!

  it('sets a new password, once, and ends every session', async () => {
    const entered = await school.as().auth.login({ email: adminEmail, password })
    await school.as().auth.forgotPassword({ email: adminEmail.toUpperCase() })
    const [letter] = await letters()
    expect(letter).to.include({ to: adminEmail })
    expect(letter!.body).to.include('60 минут')
    const reset = () => school.as().auth.resetPassword({ token: tokenOf(letter!), password: 'a brand new password' })
    await reset()
    expect((await refusal(reset())).code).to.equal('link_not_valid')
    expect((await refusal(school.as().auth.refresh({ refreshToken: entered.refreshToken }))).code).to.equal('session_over')
    expect((await refusal(school.as().auth.login({ email: adminEmail, password }))).code).to.equal('wrong_credentials')
    await school.as().auth.login({ email: adminEmail, password: 'a brand new password' })
  })

  it('is over in an hour, and when a later one is requested', async () => {
    await school.as().auth.forgotPassword({ email: adminEmail })
    await letters()
    await school.as().auth.forgotPassword({ email: adminEmail })
    const [first, second] = (await letters()).slice(-2)
    const reset = (letter: Letter) => school.as().auth.resetPassword({ token: tokenOf(letter), password })
    expect((await refusal(reset(first!))).code).to.equal('link_not_valid')
    school.world.clock.set(new Date(Date.now() + 61 * 60_000))
    expect((await refusal(reset(second!))).code).to.equal('link_not_valid')
  })

  it('is not sent to an unknown e-mail, which gets the same reply, nor without limit', async () => {
    const before = (await letters()).length
    await school.as().auth.forgotPassword({ email: 'nobody@school.test' })
    expect(await letters()).to.have.length(before)
    for (let round = 0; round < 15; round++)
      await school.as(undefined, { address: '203.0.113.7' }).auth.forgotPassword({ email: adminEmail })
    expect((await letters()).length - before).to.equal(10)
  })

  it('is stored nowhere in plain text', async () => {
    const tokens = (await letters()).map(tokenOf)
    const tables = ['outbox', 'one_time_link']
    for (const table of tables) {
      const rows = JSON.stringify(await school.world.sql(`select t::text as row from "user".${table} t`))
      for (const token of tokens) expect(rows).to.not.include(token)
    }
  })

  it('makes a first school while there is none, and only one however many try', async () => {
    expect(await issueFirstLink(school.deps)).to.equal(undefined)
    await school.world.sql(
      'truncate "user".school, "user".membership, "user".link, "user".invitation, "user".session, "user".person, "user".one_time_link cascade',
    )
    const stale = (await issueFirstLink(school.deps))!.split('#')[1]!
    const token = (await issueFirstLink(school.deps))!.split('#')[1]!
    const make = (given: string, n: number) =>
      school
        .as(undefined, { address: `203.0.113.${n}` })
        .auth.firstSchool({ token: given, school: 'S', name: 'A', email: `a${n}@school.test`, password, zone: 'UTC' })
    expect((await refusal(make(stale, 90))).code).to.equal('link_not_valid')
    const tries = await Promise.allSettled(Array.from({ length: 10 }, (_, n) => make(token, n)))
    expect(tries.filter(({ status }) => status === 'fulfilled')).to.have.length(1)
    expect(await school.world.sql('select id from "user".school')).to.have.length(1)
    expect((await refusal(make(token, 91))).code).to.equal('link_not_valid')
  })
})
