import { Refused } from '@repitbot/contracts/client'
import { Failure } from '@repitbot/kit/failure'
import { expect } from 'chai'
import { wordsIn } from '../rules/words.ts'
import { refusalText } from './write-refusal.ts'

const words = wordsIn('en')
const refused = (code: 'double_booked' | 'invalid_input', errors?: { field: string; message: string }[]) =>
  new Refused({ type: '', title: '', status: 409, code, errors })

describe('a refusal in the chat', () => {
  it('has the text of its code, and what is wrong with each field', () => {
    expect(refusalText(words, refused('double_booked'))).to.equal(words.html('failures.double_booked'))
    expect(refusalText(words, refused('invalid_input', [{ field: 'name', message: 'at most <100>' }]))).to.contain('\nat most &lt;100&gt;')
  })

  it('says that a part of the system does not answer, and has no text for a fault of ours', () => {
    for (const error of [new TypeError('fetch failed'), new DOMException('', 'TimeoutError'), new Failure('unavailable')])
      expect(refusalText(words, error)).to.equal(words.html('failures.unavailable'))
    expect(refusalText(words, new TypeError('x is undefined'))).to.equal(undefined)
  })
})
