import { spawnSync } from 'node:child_process'
import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { root } from './sources.ts'

const notCopied = new Set(['.git', '.data', '.stores', '.scratch', 'node_modules', 'coverage'])

/** Makes a copy of the repository in which a test may break something. It is on the same disk, because the files of node_modules are hard links. */
export function scratchCopy(name: string): { path: string; remove(): void } {
  const path = join(root, '.scratch', `${name}-${process.pid}`)
  mkdirSync(path, { recursive: true })
  for (const entry of readdirSync(root).filter((one) => !notCopied.has(one))) {
    cpSync(join(root, entry), join(path, entry), {
      recursive: true,
      verbatimSymlinks: true,
      filter: (from) => !from.endsWith('/node_modules'),
    })
  }
  // npm links our own packages by relative paths, so the copied links point to the copied packages.
  for (const modules of ['node_modules', ...nested()]) {
    const linked = spawnSync('cp', ['-al', join(root, modules), join(path, modules)], { encoding: 'utf8' })
    if (linked.status !== 0) throw new Error(linked.stderr)
  }
  // Tools write their cache in place, and through a hard link would change the original.
  rmSync(join(path, 'node_modules', '.cache'), { recursive: true, force: true })
  // Tools look for .gitignore in parent folders up to the one with .git; the real .gitignore excludes this copy.
  mkdirSync(join(path, '.git'))
  return { path, remove: () => rmSync(path, { recursive: true, force: true }) }
}

function nested(): string[] {
  const folders = ['packages', 'services'].flatMap((folder) => readdirSync(join(root, folder)).map((name) => join(folder, name)))
  return [...folders, 'gateway', 'operator', 'start']
    .filter((folder) => readdirSync(join(root, folder)).includes('node_modules'))
    .map((folder) => join(folder, 'node_modules'))
}

/** Replaces a piece of one file of a copy; throws where the file no longer has the piece. With an empty `find` it writes a new file. */
export function breakFile(copy: string, { file, find, replace }: { file: string; find: string; replace: string }): void {
  const path = join(copy, file)
  mkdirSync(dirname(path), { recursive: true })
  const whole = find === '' ? '' : readFileSync(path, 'utf8')
  if (!whole.includes(find)) throw new Error(`${file} no longer contains: ${find}`)
  writeFileSync(
    path,
    whole.replace(find, () => replace),
  )
}
