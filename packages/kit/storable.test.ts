import { randomUUIDv7 } from 'node:crypto'
import { expect } from 'chai'
import { insertIntoOutbox } from './envelope.ts'
import { isStorable, toStorable } from './storable.ts'

describe('text that Postgres can store', () => {
  it('holds no zero byte and no half of an emoji', () => {
    for (const text of ['', 'Маша 🙂', '\ud83d\ude42', '\\u0000', '\ufffd', '\x07'])
      expect(isStorable(text), JSON.stringify(text)).to.equal(true)
    for (const text of ['a\0b', '\ud83d', 'a\ude42', '\ude42\ud83d']) expect(isStorable(text), JSON.stringify(text)).to.equal(false)
  })

  it('is made of any JSON value, in its texts and in the names of its fields', () => {
    const given = { 'na\0me\ud83d': [{ text: 'x\ud83d y', kept: '🙂' }, 1, null, true] }
    expect(toStorable(given)).to.deep.equal({ 'na\ufffdme\ufffd': [{ text: 'x\ufffd y', kept: '🙂' }, 1, null, true] })
  })

  it('is all that an event carries, so that no consumer of it is stopped by a text that was cut', () => {
    const sent: string[] = []
    const schoolId = randomUUIDv7()
    const agent = 'cut \ud83d and kept \\ud83d'
    const body = { userId: randomUUIDv7(), sessionId: randomUUIDv7(), agent, address: '127.0.0.1' }
    const send = (_sql: string, values: unknown[]) => void sent.push(...(values[3] as string[]))
    insertIntoOutbox(send, [{ name: 'session.opened', correlationId: randomUUIDv7(), body }], { schools: [schoolId], now: new Date() })
    const event = JSON.parse(String(sent[0])) as { body: { agent: string } }
    expect(event.body.agent).to.equal('cut \ufffd and kept \\ud83d')
  })
})
