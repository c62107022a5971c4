import { expect } from 'chai'
import { currentKey, expiredKeys } from './signing-key.ts'

const at = (minutes: number) => new Date(Date.UTC(2026, 10, 2) + minutes * 60_000)
const [old, next] = [
  { kid: 'old', signsFrom: at(0) },
  { kid: 'next', signsFrom: at(2) },
]

describe('Signing keys', () => {
  it('a new key signs only when its time has come', () => {
    expect(currentKey([next, old], at(1))).to.equal(old)
    expect(currentKey([old, next], at(2))).to.equal(next)
    expect(currentKey([next], at(1))).to.equal(undefined)
  })

  it('an old key stays published until its last token is over, and the newest always', () => {
    expect(expiredKeys([old, next], at(12))).to.deep.equal([])
    expect(expiredKeys([old, next], at(23))).to.deep.equal([old])
    expect(expiredKeys([next], at(100_000))).to.deep.equal([])
  })
})
