import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { environment, readCommon, readConfig } from '@repitbot/kit/config'
import { runtimeRole } from '@repitbot/kit/migrations'
import type { DatabaseAddress } from '@repitbot/kit/pool'
import { StartConfig } from './config.ts'
import { isAlive } from './processes.ts'

type Running = { pid: number; port: number }

/** Leaves word of where the database of a running start is, for the commands that work on it. */
export const announced = (folder: string, running: Running): void => writeFileSync(join(folder, 'running.json'), JSON.stringify(running))

/** Where a service's rows are: as the environment says, or, where it names no database, in the platform started from this folder. */
export async function addressOf(service: string): Promise<DatabaseAddress> {
  const started = environment.POSTGRES_HOST ? undefined : await startedHere(service)
  if (started) return started
  // A job that works on every service has a password for each; a pod of a service has its own alone.
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

/** What a start keeps on this machine is read only here: a pod has none of it. */
async function startedHere(service: string): Promise<DatabaseAddress | undefined> {
  const [{ dataFolder }, { keptSecrets }] = await Promise.all([import('./folder.ts'), import('./secrets.ts')])
  const folder = dataFolder(readConfig(StartConfig).DATA)
  const file = join(folder, 'running.json')
  const running = existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Running) : undefined
  if (!running || !isAlive(running.pid)) return undefined
  const { runtimePassword: password } = keptSecrets(folder)
  return { host: '127.0.0.1', port: running.port, database: 'repitbot', user: runtimeRole(service), password }
}
