import { execFile } from 'node:child_process'
import { existsSync, globSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'

const root = fileURLToPath(new URL('..', import.meta.url))
export const pageFolder = join(root, 'web/dist')
const made = ['web/{src,build,worker}/**', 'web/*.{html,json,svg,ts}', 'packages/contracts/**/*.ts', 'package-lock.json']

/** Whether something that the page is made of is newer than the page. */
export function isStale(): boolean {
  const page = join(pageFolder, 'index.html')
  if (!existsSync(page)) return true
  const builtAt = statSync(page).mtimeMs
  return globSync(made, { cwd: root, exclude: ['**/node_modules/**'] }).some((path) => statSync(join(root, path)).mtimeMs > builtAt)
}

/** In a process of its own: the bundler is for building and has no place in the memory of the platform. */
export async function buildPage(): Promise<void> {
  await promisify(execFile)(join(root, 'node_modules/.bin/vite'), ['build', '--logLevel', 'error'], { cwd: join(root, 'web') })
}
