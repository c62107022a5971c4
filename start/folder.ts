import { createHash } from 'node:crypto'
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { ConfigFault } from '@repitbot/kit/config'
import { isOpenToAll } from './postgres.ts'
import { isAlive } from './processes.ts'

/** Where the data of this start lies: the folder asked for, or, when root's own folders are closed to Postgres' user, one under /var/lib. */
export function dataFolder(asked: string): string {
  const closed = process.getuid?.() === 0 && !isOpenToAll(asked)
  const folder = closed ? `/var/lib/repitbot/data-${createHash('sha256').update(asked).digest('hex').slice(0, 12)}` : asked
  mkdirSync(folder, { recursive: true })
  return folder
}

/** One start a folder: the second is told so. Returns what gives it free again; a holder that died holds nothing. */
export function held(folder: string): () => void {
  const file = join(folder, 'start.pid')
  const holder = read(file)
  if (holder && holder !== process.pid && isAlive(holder))
    throw new ConfigFault(
      `DATA=${folder}: it is used by another start (process ${holder}). Stop that one, or choose another folder: make start DATA=.data2`,
    )
  writeFileSync(file, String(process.pid))
  return () => rmSync(file, { force: true })
}

function read(file: string): number | undefined {
  try {
    return Number(readFileSync(file, 'utf8'))
  } catch {
    return undefined
  }
}
