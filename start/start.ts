import { createWriteStream, existsSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { ConfigFault, environment, readConfig, startProcess } from '@repitbot/kit/config'
import { issueFirstLink } from '@repitbot/user/first-link'
import pg from 'pg'
import { announced } from './address.ts'
import { StartConfig } from './config.ts'
import { demoSignIn, demoSignIns, makeDemo } from './demo.ts'
import { dataFolder, held } from './folder.ts'
import { type MailCatcher, openMailCatcher } from './mail.ts'
import { buildPage, isStale } from './page.ts'
import { migrateAll, openPlatform, type Platform } from './platform.ts'
import { type EmbeddedPostgres, openPostgres } from './postgres.ts'
import { say, step } from './screen.ts'
import { keptSecrets } from './secrets.ts'
import { openDemoTelegram } from './telegram.ts'

/** Longer than anything here should take to close; then it is cut. */
const closeMsMax = 3_000

await startProcess('RepitBot', async () => {
  const { PORT: port, DEMO, DATA } = readConfig(StartConfig)
  await freeOrSay(port)
  const folder = dataFolder(DATA)
  const letGo = held(folder)
  const secrets = keptSecrets(folder)
  const opened: { postgres?: EmbeddedPostgres; platform?: Platform; mail?: MailCatcher } = {}
  onEnd(async () => {
    await Promise.race([opened.platform?.close(), new Promise((resolve) => setTimeout(resolve, closeMsMax))])
    await opened.mail?.close()
    await opened.postgres?.stop()
    letGo()
  })
  if (isStale()) await step('Page', buildPage)
  const postgres = await step('Database', () => openPostgres(folder, secrets.ownerPassword))
  opened.postgres = postgres
  announced(folder, { pid: process.pid, port: postgres.address.port })
  const unfinished = join(folder, 'demo-unfinished')
  if (existsSync(unfinished)) await step('Clearing a demo that was cut short', () => emptied(postgres))
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
    await step('Demo school, three months of lessons', (told) => makeDemo(open, clock, { link, language, told }))
    rmSync(unfinished)
  }
  clock.set(undefined)
  open.startJobs()
  if (telegram) await step('Telegram for show', () => telegram.link(open.services.user.url, demoSignIn))
  say(`\nRepitBot is at ${open.gateway.url}   (API: ${open.gateway.url}/docs, health: ${open.gateway.url}/health)`)
  if (telegram) say(`  Telegram for show: ${open.gateway.url}/demo/telegram`)
  if (DEMO !== '0') for (const line of demoSignIns(language)) say(`  ${line}`)
  else if (link) say(`  Make the first school (good once, for seven days):\n  ${link}`)
  if (opened.mail) say(`  Mail that would be sent: ${open.gateway.url}/demo/mail`)
  say(`Data and log: ${folder}   Stop: Ctrl-C\n`)
})

/** The wall clock, or an instant held by the demo. */
function settableClock() {
  let at: number | undefined
  return {
    now: () => new Date(at ?? Date.now()),
    set: (instant: Date | undefined) => {
      at = instant?.getTime()
    },
  }
}

function freeOrSay(port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    const probe = createServer()
    probe.once('error', (error: NodeJS.ErrnoException) => {
      const why = error.code === 'EACCES' ? 'is not for this user' : 'is taken'
      reject(new ConfigFault(`PORT=${port}: this port ${why}. Choose another: make start PORT=${port < 1024 ? 8000 : port + 1}`))
    })
    probe.listen(port, '127.0.0.1', () => probe.close(() => resolve()))
  })
}

async function emptied({ address }: EmbeddedPostgres) {
  const client = new pg.Client({ ...address, database: 'postgres' })
  await client.connect()
  const name = client.escapeIdentifier(address.database)
  await client.query(`drop database ${name} with (force)`)
  await client.query(`create database ${name}`)
  await client.end()
}

/** Ends everything at Ctrl-C, at any moment of the start; whatever goes wrong on the way ends it too. */
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
