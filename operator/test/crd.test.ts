import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Settings } from '@repitbot/contracts/settings'
import { expect } from 'chai'
import fc from 'fast-check'
import { type Schema, specSchema } from '../src/crd.ts'
import { generateFiles } from '../src/generate.ts'
import { openAcceptance } from './accepts.ts'
import { anySpec } from './specs.ts'

const root = join(import.meta.dirname, '..', '..')
const boost = (more: object = {}) => ({
  xp: { boosts: [{ name: 'a', from: '2026-12-05T00:00:00Z', until: '2026-12-07T00:00:00Z', percent: 200, sources: ['lesson'], ...more }] },
})
const twoOfOneName = { xp: { boosts: [...boost().xp.boosts, ...boost({ percent: 300 }).xp.boosts] } }

describe('operator: the definition of the resource', () => {
  for (const [path, text] of Object.entries(generateFiles()))
    it(`${path} is made from the schema of the settings; if not, run make generate`, () => {
      expect(readFileSync(join(root, path), 'utf8')).to.equal(text)
    })

  it('describes every field, and uses only what a structural schema may hold', () => {
    const undescribed: string[] = []
    const invalid: string[] = []
    const check = (path: string, schema: Schema, isItem = false) => {
      if (!schema.description && !isItem) undescribed.push(path)
      if (!schema.type || schema.type === 'number') invalid.push(path)
      for (const key of Object.keys(schema))
        if (['additionalProperties', '$schema', 'rule', 'anyOf', 'oneOf', 'allOf', '$ref'].includes(key)) invalid.push(path)
      for (const [name, one] of Object.entries(schema.properties ?? {})) check(`${path}.${name}`, one)
      if (schema.items) check(`${path}[]`, schema.items, true)
    }
    check('spec', specSchema())
    expect({ undescribed, invalid }).to.deep.equal({ undescribed: [], invalid: [] })
  })

  it('accepts exactly what the loader accepts, and fills in the same defaults', () => {
    const accepts = openAcceptance()
    let both = 0
    fc.assert(
      fc.property(anySpec(), (spec) => {
        const { stored, refused } = accepts(spec)
        const loaded = Settings.safeParse(spec)
        expect(stored !== undefined, `the CRD: ${refused.join('; ')}\nthe loader: ${loaded.error?.message}`).to.equal(loaded.success)
        if (!stored) return
        both++
        expect(Settings.parse(stored)).to.deep.equal(loaded.data)
      }),
      { numRuns: 2_000 },
    )
    expect(both, 'specs that both accept').to.be.within(200, 1_800)
  }).timeout(60_000)

  for (const [name, spec, message] of [
    ['no requests at all', { rateLimits: { perMinute: 0 } }, /perMinute must be >= 1/],
    ['growth with a fraction', { xp: { levels: { growthPercent: 1.5 } } }, /growthPercent must be (integer|>= 100)/],
    ['a boost that ends before it begins', boost({ until: '2026-12-01T00:00:00Z' }), /Expected an instant after from/],
    ['two boosts of one name', twoOfOneName, /Expected each boost to have a name of its own/],
    ['an unknown field', { xp: { dailyCap: 1 } }, /must NOT have additional properties/],
  ] as [string, object, RegExp][])
    it(`refuses ${name}`, () => {
      expect(openAcceptance()(spec).refused.join('; ')).to.match(message)
    })
})
