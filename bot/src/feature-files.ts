import { readdirSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import type { Feature } from './feature.ts'

const folder = join(import.meta.dirname, 'features')
const load = createRequire(import.meta.url)

/** The exports of every file of features/. The bundle of the image has no such folder: there `start/bundle.ts` replaces this file by a list. */
export const featureFiles: Record<string, Feature>[] = readdirSync(folder)
  .filter((name) => name.endsWith('.ts'))
  .map((name) => load(join(folder, name)) as Record<string, Feature>)
