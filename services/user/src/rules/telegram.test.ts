import { expect } from 'chai'
import { membership, now } from '../../test/memory.ts'
import { answerRequest, type ChatAnswer, type TelegramRequest, unlinkTelegram } from './telegram.ts'

const login: TelegramRequest = {
  id: 'request',
  kind: 'login',
  state: 'asked',
  personId: null,
  userId: null,
  telegramId: null,
  agent: 'Firefox',
  address: '203.0.113.5',
  choices: [47, 12, 83],
  expiresAt: now,
}
const link: TelegramRequest = { ...login, kind: 'link', personId: 'person', userId: 'user' }
const chat: ChatAnswer = { telegramId: '7', holderId: 'person', memberships: [membership('user')] }

describe('A request to a chat', () => {
  it('is shown without an answer, and nothing changes', () => {
    expect(answerRequest(login, chat)).to.deep.equal({ request: login, name: 'Anna', events: [] })
  })

  it('is confirmed or declined once, by the account that answers first', () => {
    const confirmed = { ...login, state: 'confirmed' as const, telegramId: '7', personId: 'person' }
    expect(answerRequest(login, { ...chat, answer: 'yes', number: 47 })).to.deep.equal({ request: confirmed, name: 'Anna', events: [] })
    expect(answerRequest(login, { ...chat, answer: 'no' })).to.deep.include({ request: { ...confirmed, state: 'declined' } })
    expect(answerRequest(confirmed, { ...chat, answer: 'no' })).to.deep.include({ request: confirmed })
    expect(answerRequest(confirmed, { ...chat, telegramId: '8' })).to.equal('link_not_valid')
  })

  it('to sign in is declined by a yes with another number than the page shows, or with none', () => {
    for (const number of [12, 83, undefined])
      expect(answerRequest(login, { ...chat, answer: 'yes', number })).to.nested.include({ 'request.state': 'declined' })
    const none = answerRequest({ ...login, choices: [] }, { ...chat, answer: 'yes' })
    expect(none, 'a request from before there were numbers').to.nested.include({ 'request.state': 'declined' })
  })

  it('to be linked sets the Telegram id and publishes it, when it is confirmed and then only', () => {
    const unlinked = { ...chat, holderId: undefined }
    const outcome = answerRequest(link, { ...unlinked, answer: 'yes' })
    expect(outcome).to.deep.include({ links: { personId: 'person', telegramId: '7' } })
    expect(outcome).to.deep.include({
      events: [{ name: 'telegram.linked', schoolId: 'school', body: { userId: 'user', requestId: 'request' } }],
    })
    expect(answerRequest(link, { ...unlinked, answer: 'no' })).to.not.have.property('links')
    expect(answerRequest({ ...link, state: 'confirmed', telegramId: '7' }, { ...unlinked, answer: 'yes' })).to.not.have.property('links')
  })

  it('is refused for a Telegram id of nobody, of somebody else, and for a closed membership', () => {
    expect(answerRequest(login, { ...chat, holderId: undefined })).to.equal('telegram_not_linked')
    expect(answerRequest(link, { ...chat, holderId: 'other' })).to.equal('telegram_taken')
    expect(answerRequest(link, { ...chat, memberships: [membership('user', false), membership('other')] })).to.equal('membership_closed')
  })
})

describe('The Telegram account of a person', () => {
  const person = { id: 'person', email: 'a@b.test', emailConfirmedAt: now, telegramId: '7', passwordHash: 'hash' }
  it('is taken off, unless nothing else lets the person sign in', () => {
    expect(unlinkTelegram(person)).to.deep.equal({ ...person, telegramId: null })
    expect(unlinkTelegram({ ...person, email: null, passwordHash: null })).to.equal('no_other_sign_in')
    const without = { ...person, telegramId: null }
    expect(unlinkTelegram(without)).to.equal(without)
  })
})
