import { chownSync, existsSync, mkdirSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { type Running, runOn, runToEnd, runtimeUser, waitFor } from './process.ts'
import type { Tls } from './tls.ts'

const versions = '/usr/lib/postgresql'

/** Makes an empty cluster under `dir`. Its data is as safe as in production: fsync stays on, for the chaos tests kill it. */
export async function layPostgres(dir: string): Promise<void> {
  const home = join(dir, 'postgres')
  mkdirSync(home, { recursive: true })
  const user = runtimeUser()
  if (user) chownSync(home, user.uid, user.gid)
  const args = ['-D', join(home, 'data'), '-U', 'postgres', '-A', 'trust', '-E', 'UTF8', '--locale=C.UTF-8', '--no-sync']
  runToEnd(join(binaries(), 'initdb'), args, { cwd: home, ...user })
}

/** Starts the cluster laid under `dir`; also after it was killed. With TLS the same port speaks both. */
export async function runPostgres(dir: string, port: number, tls?: Tls): Promise<Running> {
  const home = join(dir, 'postgres')
  const settings = {
    port,
    listen_addresses: '127.0.0.1',
    unix_socket_directories: home,
    max_connections: 200,
    shared_buffers: '128MB',
    log_min_messages: 'warning',
    ...(tls && { ssl: 'on', ssl_key_file: tls.key, ssl_cert_file: tls.cert }),
  }
  const args = Object.entries(settings).flatMap(([key, value]) => ['-c', `${key}=${value}`])
  const pid = runOn(join(binaries(), 'postgres'), ['-D', join(home, 'data'), ...args], { cwd: home, name: 'postgres', ...runtimeUser() })
  const ready = async () => runToEnd(join(binaries(), 'pg_isready'), ['-q', '-h', '127.0.0.1', '-p', `${port}`]) === ''
  await waitFor(ready, pid, join(home, 'postgres.log'))
  return { url: `postgres://postgres@127.0.0.1:${port}/postgres`, pids: [pid] }
}

/** The newest Postgres that Debian installed, 15 or later. */
export function binaries(): string {
  const newest = (existsSync(versions) ? readdirSync(versions) : []).map(Number).sort((a, b) => b - a)
  const found = newest.find((version) => version >= 15 && existsSync(join(versions, `${version}`, 'bin', 'postgres')))
  if (!found) throw new Error(`no Postgres 15 or later under ${versions}: run \`make stores\``)
  return join(versions, `${found}`, 'bin')
}
