import { generateKeyPairSync, randomUUIDv7 } from 'node:crypto'
import { fixedKeys, type Jwks, type Keys, tokenAudience, tokenIssuer } from '@repitbot/kit/auth'
import { expect } from 'chai'
import { SignJWT } from 'jose'
import { openClaims } from '../src/claims.ts'

const begins = Date.parse('2026-09-07T08:00:00Z')

describe('the cached claims of a token', () => {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const kid = 'cached'
  const good = fixedKeys({ keys: [{ ...publicKey.export({ format: 'jwk' }), kid }] } as Jwks)
  let at = begins
  const now = () => new Date(at)
  const open = (keys: Partial<Keys> = {}, cachedMax?: number) => {
    let verified = 0
    const find = (id: string) => {
      verified++
      return good.find(id)
    }
    const read = openClaims({ ...good, find, ...keys }, now, cachedMax)
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

  it('are verified once, and expire with the token', async () => {
    const { read, verified } = open()
    const header = await bearer()
    const first = await read(header)
    expect(first?.role).to.equal('tutor')
    expect([await read(header), verified()]).to.deep.equal([first, 1])
    at = begins + 599_000
    expect(await read(header)).to.equal(first)
    at = begins + 600_000
    expect(await read(header)).to.equal(undefined)
  })

  it('are refused when their key is no longer trusted', async () => {
    let isTrusted = true
    const { read } = open({ has: () => isTrusted, find: async (id) => (isTrusted ? good.find(id) : undefined) })
    const header = await bearer()
    expect(await read(header)).not.to.equal(undefined)
    isTrusted = false
    expect(await read(header)).to.equal(undefined)
  })

  it('belong to the whole token: with another end or another letter it is another token', async () => {
    const { read } = open()
    const header = await bearer()
    await read(header)
    for (const other of [
      `${header}A`,
      header.slice(0, -2),
      header.replace(/\.(.)/, (_, letter: string) => `.${letter === 'e' ? 'f' : 'e'}`),
    ])
      expect(await read(other)).to.equal(undefined)
  })

  it('are kept for so many tokens, and of more the oldest is verified again', async () => {
    const { read, verified } = open({}, 3)
    const tokens = [await bearer(), await bearer(), await bearer(), await bearer()]
    for (const token of tokens) expect((await read(token))?.role).to.equal('tutor')
    for (const token of tokens.slice(1)) await read(token)
    expect(verified(), 'the three newest are kept').to.equal(4)
    expect((await read(tokens[0] ?? ''))?.role).to.equal('tutor')
    expect(verified(), 'the oldest was dropped').to.equal(5)
  })

  it('are not cached where the token was refused', async () => {
    const { read, verified } = open()
    for (let n = 0; n < 3; n++) expect(await read('Bearer e30.e30.e30')).to.equal(undefined)
    const header = `${await bearer()}A`
    for (let n = 0; n < 3; n++) await read(header)
    expect(verified()).to.equal(3)
  })
})
