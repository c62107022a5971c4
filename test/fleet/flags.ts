import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'yaml'
import { root } from '../sources.ts'

type Values = { defaults: { nodeFlags: string[] } }
/** The flags of Node that the chart runs houses with. */
export const { nodeFlags } = (parse(readFileSync(join(root, 'charts/repitbot/values.yaml'), 'utf8')) as Values).defaults
