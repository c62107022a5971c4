import type { Letter } from '@repitbot/contracts/letter'
import { changeRole } from '@repitbot/kit/testing/seen'
import { botSecret, openWorld, serviceSecret, type World } from '@repitbot/kit/testing/world'
import { expect } from 'chai'
import { issueFirstLink } from '../src/flows/issue-first-link.ts'
import { userService } from '../src/service.ts'
import { join, type OpenSchool, openSchool, password, refusal } from './school.ts'

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

  /** Somebody with an account of their own, and the links they ask for, newest first. */
  const person = async () => {
    const joined = await join(school, school.admin, { role: 'tutor', name: 'Tutor' })
    let addresses = 0
    const ask = () =>
      school.as(undefined, { address: `198.51.100.${addresses++}` }).auth.forgotPassword({ email: joined.email.toUpperCase() })
    const own = async () => (await letters()).filter(({ to }) => to === joined.email).reverse()
    const link = async () => {
      const before = (await own()).length
      await ask()
      const [letter, ...older] = await own()
      expect(older).to.have.length(before)
      return tokenOf(letter!)
    }
    return { ...joined, ask, own, link }
  }
  const reset = (token: string, to = 'a brand new password') => school.as().auth.resetPassword({ token, password: to })
  const login = (email: string, given: string) => school.as().auth.login({ email, password: given })

  it('sets a new password, once, and ends every session', async () => {
    const { email, own, link, refreshToken } = await person()
    const token = await link()
    expect((await own())[0]!.body).to.include('60 минут')
    await reset(token)
    expect((await refusal(reset(token))).code).to.equal('link_not_valid')
    expect((await refusal(school.as().auth.refresh({ refreshToken }))).code).to.equal('session_over')
    expect((await refusal(login(email, password))).code).to.equal('wrong_credentials')
    await login(email, 'a brand new password')
  })

  it('is over in an hour', async () => {
    const token = await (await person()).link()
    school.world.clock.set(new Date(Date.now() + 61 * 60_000))
    expect((await refusal(reset(token))).code).to.equal('link_not_valid')
  })

  it('stays good while others are asked for, as one of the last three, until one of them was used', async () => {
    const { link } = await person()
    const [first, second, third] = [await link(), await link(), await link()]
    school.world.clock.set(new Date(Date.now() + 16 * 60_000))
    await link()
    expect((await refusal(reset(first))).code, 'the fourth last').to.equal('link_not_valid')
    await reset(second)
    expect((await refusal(reset(third))).code, 'the password is set').to.equal('link_not_valid')
  })

  it('is over once the password was changed, the Telegram account was changed, or the membership was closed', async () => {
    const admin = school.as(school.admin.accessToken)
    const pointless: Record<string, (one: Awaited<ReturnType<typeof person>>) => Promise<unknown>> = {
      password: ({ as }) => as.auth.changePassword({ password, newPassword: 'another long password' }),
      membership: ({ userId }) => admin.people.disable({ userId }),
      role: ({ userId }) => changeRole(admin, { userId, role: 'admin' }),
      telegram: async ({ as, userId }) => {
        const { link } = await as.auth.telegramLink({})
        const token = new URL(link).searchParams.get('start')!.replace('link_', '')
        const bot = school.as(undefined, { secret: botSecret }).auth
        await bot.telegramConfirm({ telegramId: String(Number.parseInt(userId.slice(-8), 16) + 1), kind: 'link', token, answer: 'yes' })
      },
    }
    for (const [what, change] of Object.entries(pointless)) {
      const one = await person()
      const token = await one.link()
      await change(one)
      expect((await refusal(reset(token))).code, what).to.equal('link_not_valid')
    }
  })

  it('is not sent to an unknown e-mail, which gets the same reply, nor more than three times in 15 minutes, whoever asks', async () => {
    const { ask, own } = await person()
    const before = (await letters()).length
    await school.as().auth.forgotPassword({ email: 'nobody@school.test' })
    expect(await letters()).to.have.length(before)
    for (let round = 0; round < 15; round++) await ask()
    expect(await own()).to.have.length(3)
    school.world.clock.set(new Date(Date.now() + 16 * 60_000))
    await ask()
    expect(await own()).to.have.length(4)
  })

  it('stays good when the password that it should set is refused as weak, as is every password that is chosen', async () => {
    const one = await person()
    const token = await one.link()
    const weak = { code: 'weak_password', status: 400 }
    const guessable = one.email.slice(0, 14)
    expect(await refusal(reset(token, guessable))).to.deep.equal({ ...weak, fields: ['password'] })
    const changed = one.as.auth.changePassword({ password, newPassword: 'School 2024' })
    expect(await refusal(changed)).to.deep.equal({ ...weak, fields: ['newPassword'] })
    const { token: invited } = await school.as(school.admin.accessToken).people.invite({ role: 'tutor' })
    const joined = school
      .as()
      .auth.acceptInvitation({ token: invited, email: 'petrov@school.test', name: 'Petrov', password: 'petrov1987' })
    expect(await refusal(joined)).to.deep.equal({ ...weak, fields: ['password'] })
    await reset(token)
  })

  it('is stored nowhere in plain text', async () => {
    const token = await (await person()).link()
    for (const table of ['outbox', 'one_time_link']) {
      const rows = JSON.stringify(await school.world.sql(`select t::text as row from "user".${table} t`))
      expect(rows.length).to.be.above(100)
      expect(rows).to.not.include(token)
    }
  })
})

describe('The first link of an installation', () => {
  let school: OpenSchool<World>
  before(async () => {
    school = await openSchool(await openWorld({ services: [userService], people: false }), serviceSecret)
  })
  after(() => school.world.close())

  it('makes a first school while there is none, and only one however many try', async () => {
    expect(await issueFirstLink(school.deps)).to.equal(undefined)
    await school.world.sql(
      'truncate "user".school, "user".membership, "user".link, "user".invitation, "user".session, "user".person, "user".one_time_link cascade',
    )
    const stale = (await issueFirstLink(school.deps))!.split('#')[1]!
    const token = (await issueFirstLink(school.deps))!.split('#')[1]!
    const make = (given: string, n: number, chosen = password) =>
      school
        .as(undefined, { address: `203.0.113.${n}` })
        .auth.firstSchool({ token: given, school: 'S', name: 'A', email: `a${n}@school.test`, password: chosen, zone: 'UTC' })
    expect((await refusal(make(stale, 90))).code).to.equal('link_not_valid')
    expect((await refusal(make(token, 92, 'qwertyuiop'))).code).to.equal('weak_password')
    const tries = await Promise.allSettled(Array.from({ length: 10 }, (_, n) => make(token, n)))
    expect(tries.filter(({ status }) => status === 'fulfilled')).to.have.length(1)
    expect(await school.world.sql('select id from "user".school')).to.have.length(1)
    expect((await refusal(make(token, 91))).code).to.equal('link_not_valid')
  })
})
