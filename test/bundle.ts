import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { build } from 'rolldown'
import { root } from './sources.ts'

/** One program in one file, as an image carries it: figures of memory and of starting are told of that. */
export async function bundled(entry: string): Promise<{ path: string; remove(): void }> {
  const folder = mkdtempSync(join(tmpdir(), 'repitbot-bundle-'))
  const file = join(folder, 'main.mjs')
  await build({ input: join(root, entry), platform: 'node', logLevel: 'silent', output: { file, format: 'esm', minify: true } })
  return { path: file, remove: () => rmSync(folder, { recursive: true, force: true }) }
}
