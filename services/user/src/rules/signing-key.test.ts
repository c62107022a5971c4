import { expect } from 'chai'
import { signer, spent } from './signing-key.ts'

const at = (minutes: number) => new Date(Date.UTC(2026, 10, 2) + minutes * 60_000)
const [old, next] = [
  { kid: 'old', signsFrom: at(0) },
  { kid: 'next', signsFrom: at(2) },
]

describe('Signing keys', () => {
  it('a new key signs only when its time has come', () => {
    expect(signer([next, old], at(1))).to.equal(old)
    expect(signer([old, next], at(2))).to.equal(next)
    expect(signer([next], at(1))).to.equal(undefined)
  })

  it('an old key stays published until its last token is over, and the newest always', () => {
    expect(spent([old, next], at(12))).to.deep.equal([])
    expect(spent([old, next], at(23))).to.deep.equal([old])
    expect(spent([next], at(100_000))).to.deep.equal([])
  })
})
