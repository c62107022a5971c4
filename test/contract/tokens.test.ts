import { randomUUIDv7 } from 'node:crypto'
import { serviceSecret } from '@repitbot/kit/testing/world'
import { expect } from 'chai'
import { type Installation, openInstallation, type Via, viaText } from '../platform.ts'
import { badTokens, goodClaims } from './bad-tokens.ts'
import { ask, type Route, signedIn } from './routes.ts'

const vias: Via[] = ['service', 'gateway']

describe('a bad token', () => {
  let open: Installation
  let bad: Record<string, string>
  before(async () => {
    open = await openInstallation()
    const { world } = open
    const claims = goodClaims(world.people.admin, world.clock.now())
    bad = badTokens({ signer: world.signer, claims, refreshToken: 'A'.repeat(70), serviceSecret })
  })
  after(() => open?.close())

  const callWith = (route: Route, via: Via, authorization: string) =>
    ask(open.origin(route.service, via), route, { ...whole }, { authorization })
  const whole = { from: '2026-09-01T00:00:00Z', until: '2026-10-01T00:00:00Z', studentId: randomUUIDv7() }

  it('is tried in at least fifty ways', () => expect(Object.keys(bad).length).to.be.at.least(50))

  for (const route of signedIn)
    for (const via of vias)
      it(`of ${route.service} is refused as not signed in, ${viaText[via]}`, async () => {
        const refused = Object.entries(bad).map(async ([what, token]) => ({ what, ...(await callWith(route, via, `Bearer ${token}`)) }))
        for (const { what, status, headers, json } of await Promise.all(refused)) {
          expect(status, what).to.equal(401)
          expect(headers.get('content-type'), what).to.match(/^application\/problem\+json/)
          expect(Object.keys(json as object), what).to.have.members(['type', 'title', 'status', 'code', 'correlationId'])
          expect((json as { code: string }).code, what).to.equal('not_signed_in')
        }
        const good = await open.world.token(open.world.people.admin)
        for (const header of [`Basic ${good}`, good, 'Bearer', `Bearer  `, `Bearer ${good}, Bearer ${good}`])
          expect((await callWith(route, via, header)).status, header.slice(0, 20)).to.equal(401)
        expect([200, 403, 404], 'a good token is accepted').to.include((await callWith(route, via, `Bearer ${good}`)).status)
      })

  for (const route of signedIn)
    for (const via of vias)
      it(`of a megabyte is refused by ${route.service}, ${viaText[via]}, and the next request works`, async () => {
        // Node itself refuses such headers, before any code of ours runs.
        const status = await callWith(route, via, `Bearer ${'A'.repeat(1_000_000)}`).then(
          (answer) => answer.status,
          () => 'cut',
        )
        expect([401, 431, 'cut']).to.include(status)
        const good = await open.world.token(open.world.people.admin)
        expect([200, 403, 404], 'a good token is accepted').to.include((await callWith(route, via, `Bearer ${good}`)).status)
      })
})
