import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { commands } from '@repitbot/contracts/texts/ru/bot'
import type { CommandName, Feature } from './feature.ts'

const folder = join(import.meta.dirname, 'features')
const modules = (await Promise.all(
  readdirSync(folder)
    .filter((name) => name.endsWith('.ts') || name.endsWith('.js'))
    .map((name) => import(join(folder, name))),
)) as Record<string, Feature>[]

/** Every file of features/, in the order in which the texts name their commands. */
export const features: Feature[] = modules
  .flatMap((module) => Object.values(module))
  .filter((found) => typeof found === 'object')
  .toSorted((a, b) => order(a.command) - order(b.command))

function order(command: CommandName | undefined): number {
  return Object.keys(commands).indexOf(command ?? '')
}
