import { createHash } from 'node:crypto'
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { ConfigFault } from '@repitbot/kit/config'
import { isOpenToAll } from './postgres.ts'
import { isAlive } from './processes.ts'

/** The folder of the data: the wanted one, or one under /var/lib where root runs this and Postgres' own user may not read the wanted one. */
export function dataFolder(wanted: string): string {
  const closed = process.getuid?.() === 0 && !isOpenToAll(wanted)
  const folder = closed ? `/var/lib/repitbot/data-${createHash('sha256').update(wanted).digest('hex').slice(0, 12)}` : wanted
  mkdirSync(folder, { recursive: true })
  return folder
}

/** Locks the folder, so that a second start on it is refused. Returns the function that unlocks it; the lock of a dead process is ignored. */
export function lockFolder(folder: string): () => void {
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
