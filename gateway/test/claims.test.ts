import { generateKeyPairSync, randomUUIDv7 } from 'node:crypto'
import { fixedKeys, type Jwks, type Keys, tokenAudience, tokenIssuer } from '@repitbot/kit/auth'
import { expect } from 'chai'
import { SignJWT } from 'jose'
import { openClaims } from '../src/claims.ts'

const begins = Date.parse('2026-09-07T08:00:00Z')

describe('what a token says, kept', () => {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const kid = 'kept'
  const good = fixedKeys({ keys: [{ ...publicKey.export({ format: 'jwk' }), kid }] } as Jwks)
  let at = begins
  const now = () => new Date(at)
  const opened = (keys: Partial<Keys> = {}) => {
    let verified = 0
    const find = (asked: string) => {
      verified++
      return good.find(asked)
    }
    const read = openClaims({ ...good, find, ...keys }, now)
    return { read: async (header: string) => read(header), verified: () => verified }
  }
  const bearer = async () => {
    const token = await new SignJWT({ school: randomUUIDv7(), role: 'tutor', sid: randomUUIDv7(), typ: 'access' })
      .setProtectedHeader({ alg: 'ES256', kid })
      .setSubject(randomUUIDv7())
      .setIssuer(tokenIssuer)
      .setAudience(tokenAudience)
      .setExpirationTime(begins / 1000 + 600)
      .sign(privateKey)
    return `Bearer ${token}`
  }
  beforeEach(() => {
    at = begins
  })

  it('is verified once, and is over when the token is', async () => {
    const { read, verified } = opened()
    const header = await bearer()
    const first = await read(header)
    expect(first?.role).to.equal('tutor')
    expect([await read(header), verified()]).to.deep.equal([first, 1])
    at = begins + 599_000
    expect(await read(header)).to.equal(first)
    at = begins + 600_000
    expect(await read(header)).to.equal(undefined)
  })

  it('is over when its key is no more', async () => {
    let isKnown = true
    const { read } = opened({ has: () => isKnown, find: async (asked) => (isKnown ? good.find(asked) : undefined) })
    const header = await bearer()
    expect(await read(header)).not.to.equal(undefined)
    isKnown = false
    expect(await read(header)).to.equal(undefined)
  })

  it('belongs to the whole token: another end, or another letter, is another token', async () => {
    const { read } = opened()
    const header = await bearer()
    await read(header)
    for (const other of [
      `${header}A`,
      header.slice(0, -2),
      header.replace(/\.(.)/, (_, letter: string) => `.${letter === 'e' ? 'f' : 'e'}`),
    ])
      expect(await read(other)).to.equal(undefined)
  })

  it('is not kept where the token was refused', async () => {
    const { read, verified } = opened()
    for (let n = 0; n < 3; n++) expect(await read('Bearer e30.e30.e30')).to.equal(undefined)
    const header = `${await bearer()}A`
    for (let n = 0; n < 3; n++) await read(header)
    expect(verified()).to.equal(3)
  })
})
