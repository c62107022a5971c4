import { expect } from 'chai'
import { z } from 'zod'
import { tolerant } from './tolerant.ts'

const Colour = z.enum(['red', 'green'])
const schema = tolerant(
  z.strictObject({
    colour: Colour,
    maybe: Colour.optional(),
    none: Colour.nullable(),
    all: z.array(Colour),
    seats: z.array(z.strictObject({ colour: Colour, count: z.int() })),
  }),
)
const given = { colour: 'red', none: null, all: ['red'], seats: [{ colour: 'green', count: 1 }] }

describe('kit: a schema of what is consumed', () => {
  it('keeps known values as they are', () => expect(schema.parse(given)).to.deep.equal(given))

  it('keeps an unknown value of an enum as text, and drops unknown members and fields', () => {
    const newer = {
      colour: 'blue',
      maybe: 'blue',
      none: 'blue',
      all: ['blue', 'red'],
      more: 1,
      seats: [{ colour: 'blue', count: 1, more: 1 }],
    }
    const { more, ...kept } = newer
    expect(schema.parse(newer)).to.deep.equal({ ...kept, all: ['red'], seats: [{ colour: 'blue', count: 1 }] })
  })

  it('refuses everything else as before', () => {
    for (const wrong of [{ colour: 1 }, { all: [1] }, { seats: [{ colour: 'red', count: 'many' }] }, { none: undefined }])
      expect(schema.safeParse({ ...given, ...wrong }).success, JSON.stringify(wrong)).to.equal(false)
  })
})
