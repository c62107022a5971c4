import { setTimeout as sleep } from 'node:timers/promises'
import { expect } from 'chai'
import { clientsAt } from '../clients.ts'
import { openPlatform, type Platform, password } from '../platform.ts'
import { openMailServer } from './deliveries.ts'

describe('a letter with a one-time link', () => {
  let platform: Platform
  let mail: Awaited<ReturnType<typeof openMailServer>>
  const logged: string[] = []
  before(async function () {
    this.timeout(60_000)
    mail = await openMailServer()
    const logTo = { write: (line: string) => void logged.push(line) }
    platform = await openPlatform({ jobs: true, env: { SMTP_URL: mail.url }, logLevel: 'debug', logTo })
    platform.world.clock.real()
  })
  after(async () => {
    await platform?.close()
    await mail?.close()
  })

  const letterTo = async (email: string) => {
    for (const begun = Date.now(); Date.now() - begun < 15_000; await sleep(100)) {
      const found = mail.letters.find(({ to, raw }) => to === email && raw.includes('/reset#'))
      if (found) return found
    }
    throw new Error('No letter came')
  }

  it('comes though the mail server refused it at first, sets a new password, and is nowhere in plain text', async function () {
    this.timeout(60_000)
    const { email } = platform.people.parent
    mail.rule.answer = () => 451
    const anyone = clientsAt(() => platform.gateway.url)
    await anyone.auth.forgotPassword({ email })
    await sleep(1_500)
    mail.rule.answer = () => undefined
    const { raw } = await letterTo(email)
    const token = /reset#([\w-]+)/.exec(raw.replaceAll('=\r\n', '').replaceAll('=3D', '='))?.[1] ?? ''
    expect(token).to.have.length(43)
    const tables = await platform.world.sql<{ name: string }>(
      `select format('%I.%I', schemaname, tablename) as name from pg_tables where schemaname = any ($1)`,
      [platform.world.services.flatMap(({ name }) => [name, `${name}_jobs`])],
    )
    for (const { name } of tables) {
      const [row] = await platform.world.sql(`select from ${name} t where strpos(t::text, $1) > 0 limit 1`, [token])
      expect(row, `${name} holds no secret`).to.equal(undefined)
    }
    expect(logged.join('')).to.not.contain(token)
    await anyone.auth.resetPassword({ token, password: `${password} anew` })
    await anyone.auth.login({ email, password: `${password} anew` })
  })
})
