import { createWriteStream, existsSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { ConfigFault, environment, readConfig, startProcess } from '@repitbot/kit/config'
import { issueFirstLink } from '@repitbot/user/first-link'
import pg from 'pg'
import { announce } from './address.ts'
import { StartConfig } from './config.ts'
import { demoSignIn, demoSignIns, makeDemo } from './demo.ts'
import { dataFolder, lockFolder } from './folder.ts'
import { type MailCatcher, openMailCatcher } from './mail.ts'
import { ensurePage, isStale } from './page.ts'
import { migrateAll, openPlatform, type Platform } from './platform.ts'
import { type EmbeddedPostgres, openPostgres } from './postgres.ts'
import { print, step } from './screen.ts'
import { readOrMakeSecrets } from './secrets.ts'
import { openDemoTelegram } from './telegram.ts'

/** How long closing may take before the process ends anyway. */
const closeMsMax = 3_000

await startProcess('RepitBot', async () => {
  const { PORT: port, DEMO, DATA } = readConfig(StartConfig)
  checkDemoIsMeant()
  await checkPortIsFree(port)
  const folder = dataFolder(DATA)
  const unlock = lockFolder(folder)
  const secrets = readOrMakeSecrets(folder)
  const opened: { postgres?: EmbeddedPostgres; platform?: Platform; mail?: MailCatcher } = {}
  onEnd(async () => {
    await Promise.race([opened.platform?.close(), new Promise((resolve) => setTimeout(resolve, closeMsMax))])
    await opened.mail?.close()
    await opened.postgres?.stop()
    unlock()
  })
  if (isStale()) await step('Page', ensurePage)
  const postgres = await step('Database', () => openPostgres(folder, secrets.ownerPassword))
  opened.postgres = postgres
  announce(folder, { pid: process.pid, port: postgres.address.port })
  const unfinished = join(folder, 'demo-unfinished')
  if (existsSync(unfinished)) await step('Removing a demo that was not finished', () => emptyDatabase(postgres))
  await step('Schemas', () => migrateAll({ address: postgres.address, secrets }))
  if (DEMO !== '0' && !environment.SMTP_URL) opened.mail = await openMailCatcher()
  const clock = settableClock()
  const language = DEMO === 'en' ? 'en' : 'ru'
  const telegram = DEMO !== '0' && !environment.BOT_TOKEN ? await openDemoTelegram(language, `http://127.0.0.1:${port}`) : undefined
  const runtime = {
    address: postgres.address,
    secrets,
    port,
    settingsFile: join(folder, 'settings.json'),
    now: clock.now,
    mail: opened.mail,
    logTo: createWriteStream(join(folder, 'repitbot.log'), { flags: 'a' }),
    telegram,
  }
  const open = await step('Services', () => openPlatform(runtime))
  opened.platform = open
  const link = await issueFirstLink(open.services.user.deps)
  if (link && DEMO !== '0') {
    writeFileSync(unfinished, '')
    await step('Demo school, three months of lessons', (onProgress) => makeDemo(open, clock, { link, language, onProgress }))
    rmSync(unfinished)
  }
  clock.set(undefined)
  open.startJobs()
  if (telegram) await step('Telegram emulator', () => telegram.link(open.services.user.url, demoSignIn))
  print(`\nRepitBot is at ${open.gateway.url}   (API: ${open.gateway.url}/docs, health: ${open.gateway.url}/health)`)
  if (telegram) print(`  Telegram emulator: ${open.gateway.url}/demo/telegram`)
  if (DEMO !== '0') for (const line of demoSignIns(language)) print(`  ${line}`)
  else if (link) print(`  Make the first school (good once, for seven days):\n  ${link}`)
  if (opened.mail) print(`  Mail that would be sent: ${open.gateway.url}/demo/mail`)
  print(`Data and log: ${folder}   Stop: Ctrl-C\n`)
})

/** The system clock, or the instant that the demo has set. */
function settableClock() {
  let at: number | undefined
  return {
    now: () => new Date(at ?? Date.now()),
    set: (instant: Date | undefined) => {
      at = instant?.getTime()
    },
  }
}

/** Beside real people the people of the demo, whose passwords everybody knows, must be there on purpose. */
function checkDemoIsMeant() {
  const real = ['BOT_TOKEN', 'SMTP_URL'].filter((name) => environment[name])
  if (real.length && !environment.DEMO)
    throw new ConfigFault(
      `DEMO: Expected 0, 1 or en to be said beside ${real.join(' and ')}, since everybody knows the passwords of the demo. For a school of your own: make start DEMO=0`,
    )
}

function checkPortIsFree(port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    const probe = createServer()
    probe.once('error', (error: NodeJS.ErrnoException) => {
      const why = error.code === 'EACCES' ? 'is not allowed for this user' : 'is taken'
      reject(new ConfigFault(`PORT=${port}: this port ${why}. Choose another: make start PORT=${port < 1024 ? 8000 : port + 1}`))
    })
    probe.listen(port, '127.0.0.1', () => probe.close(() => resolve()))
  })
}

async function emptyDatabase({ address }: EmbeddedPostgres) {
  const client = new pg.Client({ ...address, database: 'postgres' })
  await client.connect()
  const name = client.escapeIdentifier(address.database)
  await client.query(`drop database ${name} with (force)`)
  await client.query(`create database ${name}`)
  await client.end()
}

/** Closes everything at Ctrl-C, also while it is still starting, and after an uncaught error. */
function onEnd(close: () => Promise<void>) {
  let stopping = false
  const stop = (code: number) => {
    if (stopping) return
    stopping = true
    close().then(
      () => process.exit(code),
      () => process.exit(1),
    )
  }
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => stop(0))
  process.on('uncaughtException', (error) => {
    process.stderr.write(`RepitBot stops: ${error.stack}\n`)
    stop(1)
  })
}
