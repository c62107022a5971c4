import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { environment, readCommon, readConfig } from '@repitbot/kit/config'
import { runtimeRole } from '@repitbot/kit/migrations'
import type { DatabaseAddress } from '@repitbot/kit/pool'
import { StartConfig } from './config.ts'
import { isAlive } from './processes.ts'

type Running = { pid: number; port: number }

/** Writes where the database of a running `make start` is, for the commands that work on it. */
export const announce = (folder: string, running: Running): void => writeFileSync(join(folder, 'running.json'), JSON.stringify(running))

/** The database of a service: the one that the environment names, or else the one of the platform started from this folder. */
export async function addressOf(service: string): Promise<DatabaseAddress> {
  const local = environment.POSTGRES_HOST ? undefined : await localAddress(service)
  if (local) return local
  // A job that works on every service has a password for each; a pod of one service has only its own.
  const password = environment[`POSTGRES_PASSWORD_${service.toUpperCase()}`] || environment.POSTGRES_PASSWORD
  const common = readCommon(1, { SERVICE_SECRET: 'is-not-needed-here', ...environment, POSTGRES_PASSWORD: password })
  return {
    host: common.POSTGRES_HOST,
    port: common.POSTGRES_PORT,
    database: common.POSTGRES_DB,
    ssl: common.POSTGRES_TLS,
    user: runtimeRole(service),
    password: common.POSTGRES_PASSWORD,
  }
}

/** The database of a running `make start`. Its modules are imported only here, because a pod has none of these files. */
async function localAddress(service: string): Promise<DatabaseAddress | undefined> {
  const [{ dataFolder }, { readOrMakeSecrets }] = await Promise.all([import('./folder.ts'), import('./secrets.ts')])
  const folder = dataFolder(readConfig(StartConfig).DATA)
  const file = join(folder, 'running.json')
  const running = existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Running) : undefined
  if (!running || !isAlive(running.pid)) return undefined
  const { runtimePassword: password } = readOrMakeSecrets(folder)
  return { host: '127.0.0.1', port: running.port, database: 'repitbot', user: runtimeRole(service), password }
}
