import { expect } from 'chai'
import { mayBeCode } from './may-be-code.ts'

describe('a text of somebody whom the bot does not know', () => {
  it('is taken for a code where it may be one, also mistyped, and a greeting is not', () => {
    for (const code of ['K7QM-2F9U', 'k7qm 2f9u', 'к7qм2f9u', 'KQMABCDE', 'K7QM-2F9', 'WRONG-CODE'])
      expect(mayBeCode(code), code).to.equal(true)
    for (const text of ['', 'hello', 'привет', 'Здравствуйте!', 'как дела', 'добрый день', 'это кто?', '12345'])
      expect(mayBeCode(text), text).to.equal(false)
  })
})
