import { Refused } from '@repitbot/contracts/client'
import { Failure } from '@repitbot/kit/failure'
import { expect } from 'chai'
import { wordsIn } from '../rules/words.ts'
import { sentenceOf } from './say-refusal.ts'

const words = wordsIn('en')
const refused = (code: 'double_booked' | 'invalid_input', errors?: { field: string; message: string }[]) =>
  new Refused({ type: '', title: '', status: 409, code, errors })

describe('a refusal in the chat', () => {
  it('is the sentence that everybody reads for it, with what is wrong with each field', () => {
    expect(sentenceOf(words, refused('double_booked'))).to.equal(words.html('failures.double_booked'))
    expect(sentenceOf(words, refused('invalid_input', [{ field: 'name', message: 'at most <100>' }]))).to.contain('\nat most &lt;100&gt;')
  })

  it('says so when a part of the system does not answer, and says nothing of a fault of ours', () => {
    for (const error of [new TypeError('fetch failed'), new DOMException('', 'TimeoutError'), new Failure('unavailable')])
      expect(sentenceOf(words, error)).to.equal(words.html('failures.unavailable'))
    expect(sentenceOf(words, new TypeError('x is undefined'))).to.equal(undefined)
  })
})
