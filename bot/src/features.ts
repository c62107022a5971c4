import { commands } from '@repitbot/contracts/texts/ru/bot'
import type { Feature } from './feature.ts'
import { featureFiles } from './feature-files.ts'

const order = ({ command = '' }: { command?: string }) => Object.keys(commands).indexOf(command)

/** The feature of every file, in the order of the commands in the texts: a new command is its file and its texts. */
export const features: Feature[] = featureFiles
  .flatMap((file) => Object.values(file))
  .filter((found) => typeof found === 'object')
  .toSorted((a, b) => order(a) - order(b))
