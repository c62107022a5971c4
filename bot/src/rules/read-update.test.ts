import { expect } from 'chai'
import { chatOf, readUpdate } from './read-update.ts'

const from = { id: 7, is_bot: false, first_name: 'Anna', language_code: 'en' }
const message = (text: string | undefined, more: object = {}) => ({
  update_id: 1,
  message: { message_id: 2, chat: { id: 7, type: 'private' }, from, text, ...more },
})
const read = (update: object) => readUpdate(update, 'repitbot')
const group = { chat: { id: -5, type: 'supergroup' } }

describe('an update', () => {
  it('is read as a command with its argument, also when it names the bot', () => {
    expect(read(message('/Start inv_x'))).to.deep.include({ kind: 'command', command: 'start', argument: 'inv_x', chatId: 7 })
    expect(read(message('/today@repitbot'))).to.deep.include({ kind: 'command', command: 'today', argument: '' })
    expect(read(message(' /9'))).to.deep.include({ kind: 'command', command: '9' })
    expect(read(message('/ today'))).to.deep.include({ kind: 'text' })
  })

  it('is read as text, or as a message without any', () => {
    expect(read(message(' hello '))).to.deep.include({ kind: 'text', text: 'hello' })
    expect(read(message(undefined))).to.deep.include({ kind: 'other' })
  })

  it('in a group is read only when the bot is addressed', () => {
    expect(read(message('/today', group))).to.equal(undefined)
    expect(read(message('hello all', group))).to.equal(undefined)
    expect(read(message('@RepitBot hello', group))).to.deep.include({ kind: 'group', chatId: -5 })
    expect(read(message('yes', { ...group, reply_to_message: { from: { username: 'repitbot' } } }))).to.deep.include({ kind: 'group' })
    expect(read(message('/today@repitbot2', group))).to.equal(undefined)
  })

  it('of another bot, a channel or an unknown kind is left out; all of them are ordered by chat', () => {
    expect(read(message('hello', { from: { ...from, is_bot: true } }))).to.equal(undefined)
    expect(read({ update_id: 1, channel_post: {} })).to.equal(undefined)
    expect(read({ update_id: 1, message: 'broken' })).to.equal(undefined)
    expect([chatOf({ update_id: 1 }), chatOf(message('a')), chatOf(message('a', group))]).to.deep.equal([0, 7, -5])
  })

  it('says that the bot was blocked or unblocked', () => {
    const member = (status: string) => ({
      update_id: 1,
      my_chat_member: { chat: { id: 7, type: 'private' }, from, new_chat_member: { status } },
    })
    expect(read(member('kicked'))).to.deep.include({ kind: 'reach', blocked: true })
    expect(read(member('member'))).to.deep.include({ kind: 'reach', blocked: false })
  })
})
