import { remoteKeys } from '@repitbot/kit/auth'
import { openLog } from '@repitbot/kit/log'
import { openWorld, serviceSecret } from '@repitbot/kit/testing/world'
import { expect } from 'chai'
import { rotateKeys } from '../src/flows/rotate-keys.ts'
import { userService } from '../src/service.ts'
import { openSchool } from './school.ts'

const kidOf = (token: string) => JSON.parse(Buffer.from(token.split('.')[0]!, 'base64url').toString()).kid as string

describe('Signing keys', () => {
  it('rotate without a failed request, with verifiers that read them seldom', async () => {
    const school = await openSchool(await openWorld({ services: [userService], people: false }), serviceSecret)
    try {
      const { world, deps } = school
      const begun = Date.now()
      const kids = async () => (await school.as().trust.jwks({})).keys.map(({ kid }) => kid)
      const fresh = async (refreshToken: string) => school.as().auth.refresh({ refreshToken })
      const works = async (token: string) => expect((await school.as(token).auth.me({})).card.role).to.equal('admin')
      const [old] = await kids()
      let tokens = await fresh(school.admin.refreshToken)
      await rotateKeys(deps)
      await rotateKeys(deps)
      const published = await kids()
      expect(published, 'run again before the new key signs, it adds no third key').to.have.length(2)
      const verifier = remoteKeys(`${world.url('user')}/.well-known/jwks.json`, openLog('test', 'silent'))
      for (let second = 0; second <= 1500; second += 30) {
        world.clock.set(new Date(begun + second * 1000))
        const before = tokens
        tokens = await fresh(tokens.refreshToken)
        expect(kidOf(tokens.accessToken)).to.equal(second < 121 ? old : published.find((kid) => kid !== old))
        expect(await verifier.find(kidOf(tokens.accessToken)), 'published before it signs').to.not.equal(undefined)
        await works(before.accessToken)
        await works(tokens.accessToken)
      }
      verifier.close()
      await rotateKeys(deps)
      expect(await kids(), 'the first is gone with its last token').to.not.include(old)
      const rows = await world.sql<{ box: Buffer }>('select private_sealed as box from "user".signing_key')
      for (const { box } of rows) expect(box.toString('latin1')).to.not.include('PRIVATE KEY')
    } finally {
      await school.world.close()
    }
  })
})
