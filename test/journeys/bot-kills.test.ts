import { expect } from 'chai'
import { botKills } from '../fleet/bot-kills.ts'

describe('the bot under kill -9', () => {
  it('handles every update and does each effect once', async function () {
    this.timeout(300_000)
    const { figure, met } = await botKills({ updates: 60, kills: 4, chats: 3 })
    expect(met, figure).to.equal(true)
  })
})
