import { execFile } from 'node:child_process'
import { existsSync, globSync, statSync } from 'node:fs'
import { join } from 'node:path'
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

/** Builds the web app in a process of its own, so that the bundler's memory is free again after the build. */
export async function buildPage(): Promise<void> {
  await promisify(execFile)(join(root, 'node_modules/.bin/vite'), ['build', '--logLevel', 'error'], { cwd: join(root, 'web') })
}
