import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { expect } from 'chai'
import { nodeFlags } from '../../../test/fleet/flags.ts'

const requests = 20_000
const bytesMax = 500

describe('the memory of an answer', () => {
  it('is free at the next collection: nothing of it is carried into the old space (adr/0038)', async () => {
    const file = join(import.meta.dirname, 'answers-process.ts')
    const flags = [...nodeFlags, '--trace-gc', '--trace-gc-nvp']
    const { stdout } = await promisify(execFile)(process.execPath, [...flags, file], {
      env: { PATH: process.env.PATH, REQUESTS: `${requests}` },
      maxBuffer: 1e8,
    })
    const collections = [...stdout.matchAll(/GC: (\{.*\})/g)].map(([, json]) => JSON.parse(json ?? '') as { gc: string; promoted: number })
    const young = collections.filter(({ gc }) => gc === 's')
    expect(young.length).to.be.above(5)
    // The first ones keep what the process needs for ever.
    const promoted = young.slice(3).reduce((sum, one) => sum + one.promoted, 0)
    expect(promoted / requests).to.be.below(bytesMax)
  })
})
