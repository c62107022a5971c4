import { randomBytes } from 'node:crypto'
import { expect } from 'chai'
import { normalizeCode, pairingCode } from './pairing-code.ts'

describe('A pairing code', () => {
  it('has eight letters that are not mistaken for one another, and reads back however it is typed', () => {
    for (let round = 0; round < 500; round++) {
      const code = pairingCode(randomBytes(32))!
      expect(code).to.match(/^[2-9A-HJKMNP-Z]{4}-[2-9A-HJKMNP-Z]{4}$/)
      expect(normalizeCode(` ${code.toLowerCase().replace('-', ' ')} `)).to.equal(code)
    }
  })

  it('reads back when Cyrillic letters are typed that look like its own, and other letters make it no other code', () => {
    expect(normalizeCode('с6ум-уf9у')).to.equal('C6YM-YF9Y')
    expect(normalizeCode('АВЕК — МНРС')).to.equal('ABEK-MHPC')
    expect(normalizeCode('ТУХ2 3456')).to.equal('TYX2-3456')
    for (const mistyped of ['CЖ6YM-YF9Y', 'C6YM-YF9Y!', 'C6YM-YF9Y.', 'ЁC6YM-YF9Y'])
      expect(normalizeCode(mistyped)).to.not.equal('C6YM-YF9Y')
  })

  it('is not made from too little chance', () => expect(pairingCode(new Uint8Array(32).fill(255))).to.equal(undefined))
})
