import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { build } from 'rolldown'
import { root } from './sources.ts'

/** Bundles a program into one file, as in the image, for measurements of memory and of starts. */
export async function bundleProgram(entry: string): Promise<{ path: string; remove(): void }> {
  const folder = mkdtempSync(join(tmpdir(), 'repitbot-bundle-'))
  const file = join(folder, 'main.mjs')
  await build({ input: join(root, entry), platform: 'node', logLevel: 'silent', output: { file, format: 'esm', minify: true } })
  return { path: file, remove: () => rmSync(folder, { recursive: true, force: true }) }
}
