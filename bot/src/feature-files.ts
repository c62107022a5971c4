import { readdirSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import type { Feature } from './feature.ts'

const folder = join(import.meta.dirname, 'features')
const load = createRequire(import.meta.url)

/** What every file of features/ holds. The bundle of the image, which has no folder to look in, names the files in this one's place. */
export const featureFiles: Record<string, Feature>[] = readdirSync(folder)
  .filter((name) => name.endsWith('.ts'))
  .map((name) => load(join(folder, name)) as Record<string, Feature>)
