import { spawnSync } from 'node:child_process'
import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { root } from './sources.ts'

const left = new Set(['.git', '.data', '.stores', '.scratch', 'node_modules', 'coverage'])

/** A copy of the repository in which something may be broken; its node_modules are linked and not copied, so it lies on the same disk. */
export function scratchCopy(name: string): { path: string; remove(): void } {
  const path = join(root, '.scratch', `${name}-${process.pid}`)
  mkdirSync(path, { recursive: true })
  for (const entry of readdirSync(root).filter((one) => !left.has(one))) {
    cpSync(join(root, entry), join(path, entry), {
      recursive: true,
      verbatimSymlinks: true,
      filter: (from) => !from.endsWith('/node_modules'),
    })
  }
  // npm links our own packages by relative paths, so the copied links lead to the copied packages.
  for (const modules of ['node_modules', ...nested()]) {
    const linked = spawnSync('cp', ['-al', join(root, modules), join(path, modules)], { encoding: 'utf8' })
    if (linked.status !== 0) throw new Error(linked.stderr)
  }
  // A cache is written in place, and would be written through the link.
  rmSync(join(path, 'node_modules', '.cache'), { recursive: true, force: true })
  // The tools look for .gitignore upwards as far as the repository's own folder, and the real one leaves this copy out.
  mkdirSync(join(path, '.git'))
  return { path, remove: () => rmSync(path, { recursive: true, force: true }) }
}

function nested(): string[] {
  const folders = ['packages', 'services'].flatMap((folder) => readdirSync(join(root, folder)).map((name) => join(folder, name)))
  return [...folders, 'gateway', 'operator', 'start']
    .filter((folder) => readdirSync(join(root, folder)).includes('node_modules'))
    .map((folder) => join(folder, 'node_modules'))
}

/** Replaces a piece of one file of a copy; throws when the piece is not there any more. */
export function broken(copy: string, { file, find, replace }: { file: string; find: string; replace: string }): void {
  const path = join(copy, file)
  mkdirSync(dirname(path), { recursive: true })
  const whole = find === '' ? '' : readFileSync(path, 'utf8')
  if (!whole.includes(find)) throw new Error(`${file} no longer says: ${find}`)
  writeFileSync(
    path,
    whole.replace(find, () => replace),
  )
}
