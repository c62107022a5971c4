import { randomBytes } from 'node:crypto'
import { expect } from 'chai'
import { letterSeal, seal, unseal } from '../seal.ts'

const secretText = 'Ссылка https://school.test/reset#token-9f1c'

/** What somebody reads who has the stored bytes and no key: the bytes, and what the usual codings make of them. */
const readings = (stored: Buffer | string): string[] => {
  const bytes = Buffer.from(stored as string)
  const text = bytes.toString()
  return [
    text,
    bytes.toString('latin1'),
    ...(['base64', 'base64url', 'hex'] as const).map((coding) => Buffer.from(text, coding).toString()),
  ]
}

describe('kit: what is sealed', () => {
  const letters = letterSeal('the secret of the services')
  const key = randomBytes(32)

  it('is read by nobody without the key, however it is decoded', () => {
    const sealed: (Buffer | string)[] = [seal(key, 'lesson-1', secretText), letters.seal('letter-1', secretText)]
    for (const stored of sealed)
      for (const reading of readings(stored)) {
        expect(reading).not.to.include('token-9f1c')
        expect(reading).not.to.include('Ссылка')
      }
    // The same search finds the text where it is only encoded.
    expect(readings(Buffer.from(secretText).toString('base64')).some((reading) => reading.includes('token-9f1c'))).to.equal(true)
  })

  it('is read with its own key and under its own id only', () => {
    const box = letters.seal('letter-1', secretText)
    expect(letters.unseal('letter-1', box)).to.equal(secretText)
    expect(letters.unseal('letter-2', box)).to.equal(undefined)
    expect(letterSeal('the secret of somebody else').unseal('letter-1', box)).to.equal(undefined)
    expect(() => unseal(randomBytes(32), 'lesson-1', seal(key, 'lesson-1', secretText))).to.throw()
    expect(() => unseal(key, 'lesson-2', seal(key, 'lesson-1', secretText))).to.throw()
  })

  it('is refused when a single bit of it was changed', () => {
    const sealed = seal(key, 'lesson-1', secretText)
    for (let at = 0; at < sealed.length; at++) {
      const changed = Buffer.from(sealed)
      changed[at]! ^= 1
      expect(() => unseal(key, 'lesson-1', changed), `byte ${at}`).to.throw()
    }
  })

  it('is other bytes each time, so that two equal texts cannot be told', () => {
    expect(letters.seal('letter-1', secretText)).not.to.equal(letters.seal('letter-1', secretText))
  })
})
