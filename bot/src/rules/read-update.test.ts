import { expect } from 'chai'
import { chatOf, readUpdate } from './read-update.ts'

const from = { id: 7, is_bot: false, first_name: 'Anna', language_code: 'en' }
const said = (text: string | undefined, more: object = {}) => ({
  update_id: 1,
  message: { message_id: 2, chat: { id: 7, type: 'private' }, from, text, ...more },
})
const read = (update: object) => readUpdate(update, 'repitbot')
const group = { chat: { id: -5, type: 'supergroup' } }

describe('an update', () => {
  it('is read as a command with what follows it, whoever it names', () => {
    expect(read(said('/Start inv_x'))).to.deep.include({ kind: 'command', command: 'start', argument: 'inv_x', chatId: 7 })
    expect(read(said('/today@repitbot'))).to.deep.include({ kind: 'command', command: 'today', argument: '' })
    expect(read(said(' /9'))).to.deep.include({ kind: 'command', command: '9' })
    expect(read(said('/ today'))).to.deep.include({ kind: 'text' })
  })

  it('is read as words, or as something without any', () => {
    expect(read(said(' hello '))).to.deep.include({ kind: 'text', text: 'hello' })
    expect(read(said(undefined))).to.deep.include({ kind: 'other' })
  })

  it('in a group is heard only when it is to the bot', () => {
    expect(read(said('/today', group))).to.equal(undefined)
    expect(read(said('hello all', group))).to.equal(undefined)
    expect(read(said('@RepitBot hello', group))).to.deep.include({ kind: 'group', chatId: -5 })
    expect(read(said('yes', { ...group, reply_to_message: { from: { username: 'repitbot' } } }))).to.deep.include({ kind: 'group' })
    expect(read(said('/today@repitbot2', group))).to.equal(undefined)
  })

  it('of another bot, a channel or an unknown kind is passed over, and has an order of its own', () => {
    expect(read(said('hello', { from: { ...from, is_bot: true } }))).to.equal(undefined)
    expect(read({ update_id: 1, channel_post: {} })).to.equal(undefined)
    expect(read({ update_id: 1, message: 'broken' })).to.equal(undefined)
    expect([chatOf({ update_id: 1 }), chatOf(said('a')), chatOf(said('a', group))]).to.deep.equal([0, 7, -5])
  })

  it('tells that the bot was blocked, and that it was taken back', () => {
    const member = (status: string) => ({
      update_id: 1,
      my_chat_member: { chat: { id: 7, type: 'private' }, from, new_chat_member: { status } },
    })
    expect(read(member('kicked'))).to.deep.include({ kind: 'reach', blocked: true })
    expect(read(member('member'))).to.deep.include({ kind: 'reach', blocked: false })
  })
})
