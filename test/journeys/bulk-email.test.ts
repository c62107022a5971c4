import { changePreferences } from '@repitbot/kit/testing/seen'
import { expect } from 'chai'
import { chats, type Deliveries, openDeliveries } from './deliveries.ts'

/** A header of a letter, its lines joined; an address is folded where it is long. */
const headerOf = (raw: string, name: string) =>
  new RegExp(`^${name}: (.*)$`, 'im').exec(raw.replaceAll(/\r\n[ \t]+/g, ' '))?.[1]?.replaceAll(/(?<=<.*) /g, '')

describe('a letter of a school', () => {
  let out: Deliveries
  before(async () => {
    out = await openDeliveries()
    await out.setCard('parent', { email: 'parent@school.test' })
  })
  after(() => out?.close())

  it('is from the school by the name that it has now, and from the installation while the name is unknown', async () => {
    const said = (name: string, version: number) =>
      out.world.deliver('school.updated', { name, language: 'ru', zone: 'Europe/Moscow', version })
    const sender = async () => {
      out.mail.letters.length = 0
      await out.world.idle()
      await out.world.as('tutor').broadcasts.send({ roles: ['parent'], text: 'News' })
      await out.sendDue()
      return headerOf(out.mail.letters[0]?.raw ?? '', 'From')
    }
    expect(await sender()).to.equal('School <school@school.test>')
    await said('Azimut', 2)
    await said('Azimuth', 1)
    expect(await sender()).to.equal('Azimut <school@school.test>')
    await said('Meridian', 3)
    expect(await sender()).to.equal('Meridian <school@school.test>')
    expect(out.mail.letters[0]?.raw).to.contain('>Meridian</p>')
  })
})

describe('a letter that many people get', () => {
  let out: Deliveries
  before(async () => {
    out = await openDeliveries()
  })
  beforeEach(async () => {
    await out.reset()
    await out.setCard('parent', { email: 'parent@school.test', telegramChatId: chats.parent, channels: ['telegram', 'email'] })
  })
  after(() => out?.close())

  const broadcast = async () => {
    await out.world.as('tutor').broadcasts.send({ roles: ['parent'], text: 'Каникулы' })
    await out.sendDue()
  }
  const unsubscribeLink = () => /^<(.*)>$/.exec(headerOf(out.mail.letters[0]?.raw ?? '', 'List-Unsubscribe') ?? '')?.[1] ?? ''
  /** What a mail program sends for its own button: no cookie, no token of ours, a body of its own kind. */
  const press = (link: string) =>
    fetch(out.world.url('notification') + new URL(link).pathname + new URL(link).search, {
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: 'List-Unsubscribe=One-Click',
    })

  it('can be refused by one click of the mail program, and then only by e-mail and only such', async () => {
    await broadcast()
    expect(out.mail.letters).to.have.length(1)
    expect(headerOf(out.mail.letters[0]?.raw ?? '', 'List-Unsubscribe-Post')).to.equal('List-Unsubscribe=One-Click')
    expect(unsubscribeLink()).to.match(/^http:\/\/localhost:8000\/unsubscribe\?token=[\w-]+$/)
    expect((await press(unsubscribeLink())).status).to.equal(204)
    expect(await out.world.as('parent').preferences.get({})).to.include({ bulkEmail: false, version: 2 })
    out.mail.letters.length = 0
    await broadcast()
    expect(out.mail.letters).to.deep.equal([])
    expect(out.telegramTexts('parent')).to.have.length(2)
    await out.world.as('parent').preferences.test({ channel: 'email' })
    await out.sendDue()
    expect(out.mail.letters, 'what is for this person alone').to.have.length(1)
    expect(headerOf(out.mail.letters[0]?.raw ?? '', 'List-Unsubscribe')).to.equal(undefined)
  })

  it('is read in the inbox by those who have no other channel, and comes again to those who want it again', async () => {
    await out.setCard('parent', { email: 'parent@school.test' })
    await changePreferences(out.world.as('parent'), { bulkEmail: false })
    await broadcast()
    expect([out.mail.letters.length, (await out.world.as('parent').inbox.list({})).notices[0]?.code]).to.deep.equal([0, 'broadcast'])
    await changePreferences(out.world.as('parent'), { bulkEmail: true })
    await broadcast()
    expect(out.mail.letters).to.have.length(1)
  })

  it('may be a digest too', async () => {
    out.world.clock.set('2026-09-07T12:00:00.000Z')
    const levelUp = async (to: number) => {
      await out.world.deliver('student.level_up', { studentId: out.world.people.student.userId, from: to - 1, to })
      await out.world.idle()
    }
    await out.setCard('student', { email: 'student@school.test' })
    await levelUp(2)
    out.world.clock.set('2026-09-07T15:00:00.000Z')
    await out.sendDue()
    expect((await press(unsubscribeLink())).status).to.equal(204)
    await levelUp(3)
    out.world.clock.set('2026-09-08T15:00:00.000Z')
    await out.sendDue()
    expect(out.mail.letters).to.have.length(1)
  })

  it('is not refused by a link that is no such link, nor for anybody else', async () => {
    await broadcast()
    const link = unsubscribeLink()
    const changed = link.replace(/.(?=.{20}$)/, (sign) => (sign === 'A' ? 'B' : 'A'))
    for (const wrong of [changed, link.replace(/=.*/, '=none')]) expect((await press(wrong)).status, wrong).to.equal(404)
    expect((await out.world.as('parent').preferences.get({})).bulkEmail).to.equal(true)
    await press(link)
    expect((await out.world.as('otherParent').preferences.get({})).bulkEmail).to.equal(true)
  })
})
