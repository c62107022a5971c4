import { execFile } from 'node:child_process'
import { existsSync, globSync, mkdirSync, rmSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'

const root = fileURLToPath(new URL('..', import.meta.url))
export const pageFolder = join(root, 'web/dist')
const sources = ['web/{src,build,worker}/**', 'web/*.{html,json,svg,ts}', 'packages/contracts/**/*.ts', 'package-lock.json']

/** Whether a source file of the web app is newer than its build. */
export function isStale(): boolean {
  const page = join(pageFolder, 'index.html')
  if (!existsSync(page)) return true
  const builtAt = statSync(page).mtimeMs
  return globSync(sources, { cwd: root, exclude: ['**/node_modules/**'] }).some((path) => statSync(join(root, path)).mtimeMs > builtAt)
}

const lock = join(root, 'node_modules/.building-page')
/** A build takes some 20 s; a lock that is older was left by a process that was killed. */
const lockMsMax = 180_000

/**
 * Builds the web app unless its build is up to date, in a process of its own, so that the bundler's memory is free again. Of several
 * processes one builds: a build empties the folder that another may be serving already.
 */
export async function ensurePage(): Promise<void> {
  while (isStale()) {
    if (!takeLock()) {
      await sleep(200)
      continue
    }
    try {
      if (isStale())
        await promisify(execFile)(join(root, 'node_modules/.bin/vite'), ['build', '--logLevel', 'error'], { cwd: join(root, 'web') })
    } finally {
      rmSync(lock, { recursive: true, force: true })
    }
  }
}

function takeLock(): boolean {
  const lockedAt = statSync(lock, { throwIfNoEntry: false })?.mtimeMs
  if (lockedAt !== undefined && Date.now() - lockedAt > lockMsMax) rmSync(lock, { recursive: true, force: true })
  try {
    mkdirSync(lock)
    return true
  } catch {
    return false
  }
}
