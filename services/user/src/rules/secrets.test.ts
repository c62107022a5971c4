import { randomBytes } from 'node:crypto'
import { expect } from 'chai'
import { hashOf, seal, secretsFrom, unseal } from './secrets.ts'

const secrets = secretsFrom('a secret of at least thirty-two characters')
const other = secretsFrom('another secret of thirty-two characters')

describe('Secrets', () => {
  it('opens what was sealed, and nothing altered, moved or of another secret', () => {
    const box = seal(secrets, 'key 1', 'private', randomBytes(12))
    expect(unseal(secrets, 'key 1', box)).to.equal('private')
    expect(unseal(secrets, 'key 2', box)).to.equal(undefined)
    expect(unseal(other, 'key 1', box)).to.equal(undefined)
    for (let at = 0; at < box.length; at++) {
      const altered = Buffer.from(box)
      altered[at] = altered[at]! ^ 1
      expect(unseal(secrets, 'key 1', altered)).to.equal(undefined)
    }
    expect(unseal(secrets, 'key 1', Buffer.alloc(3))).to.equal(undefined)
  })

  it('hashes the same value differently for each use and secret', () => {
    const hashes = [hashOf(secrets, 'token', 'x'), hashOf(secrets, 'code', 'x'), hashOf(other, 'token', 'x')].map((hash) =>
      hash.toString('hex'),
    )
    expect(new Set(hashes).size).to.equal(3)
  })
})
