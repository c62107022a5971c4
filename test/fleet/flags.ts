import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'yaml'
import { root } from '../sources.ts'

type Row = { nodeFlags: string[] }
type Values = { defaults: Row; services: { operator: Row } }
const { defaults, services } = parse(readFileSync(join(root, 'charts/repitbot/values.yaml'), 'utf8')) as Values
/** The flags of Node that the chart runs services with, and the operator. */
export const { nodeFlags } = defaults
export const operatorFlags = services.operator.nodeFlags
