import { readdirSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { commands } from '@repitbot/contracts/texts/ru/bot'
import type { Feature } from './feature.ts'

const folder = join(import.meta.dirname, 'features')
const load = createRequire(import.meta.url)
const order = ({ command = '' }: { command?: string }) => Object.keys(commands).indexOf(command)

/** Every file of features/, in the order in which the texts name their commands: a new command is its file and its texts. */
export const features: Feature[] = readdirSync(folder)
  .filter((name) => /\.(ts|js)$/.test(name))
  .flatMap((name) => Object.values(load(join(folder, name)) as Record<string, Feature>))
  .filter((found) => typeof found === 'object')
  .toSorted((a, b) => order(a) - order(b))
