import { randomUUIDv7 } from 'node:crypto'
import { serviceSecret } from '@repitbot/kit/testing/world'
import { expect } from 'chai'
import { type Door, type Doors, openDoors } from '../platform.ts'
import { badTokens, goodClaims } from './bad-tokens.ts'
import { ask, type Route, signedIn } from './routes.ts'

const doors: Door[] = ['service', 'gateway']

describe('a bad token', () => {
  let open: Doors
  let bad: Record<string, string>
  before(async () => {
    open = await openDoors()
    const { world } = open
    const claims = goodClaims(world.people.admin, world.clock.now())
    bad = badTokens({ signer: world.signer, claims, refreshToken: 'A'.repeat(70), serviceSecret })
  })
  after(() => open?.close())

  const shown = (route: Route, door: Door, authorization: string) =>
    ask(open.origin(route.service, door), route, { ...whole }, { authorization })
  const whole = { from: '2026-09-01T00:00:00Z', until: '2026-10-01T00:00:00Z', studentId: randomUUIDv7() }

  it('is tried in more than thirty ways', () => expect(Object.keys(bad).length).to.be.at.least(50))

  for (const route of signedIn)
    for (const door of doors)
      it(`is refused as not signed in by ${route.service} at the door of the ${door}`, async () => {
        const refused = Object.entries(bad).map(async ([what, token]) => ({ what, ...(await shown(route, door, `Bearer ${token}`)) }))
        for (const { what, status, headers, json } of await Promise.all(refused)) {
          expect(status, what).to.equal(401)
          expect(headers.get('content-type'), what).to.match(/^application\/problem\+json/)
          expect(Object.keys(json as object), what).to.have.members(['type', 'title', 'status', 'code', 'correlationId'])
          expect((json as { code: string }).code, what).to.equal('not_signed_in')
        }
        const good = await open.world.token(open.world.people.admin)
        for (const header of [`Basic ${good}`, good, 'Bearer', `Bearer  `, `Bearer ${good}, Bearer ${good}`])
          expect((await shown(route, door, header)).status, header.slice(0, 20)).to.equal(401)
        expect([200, 403, 404], 'a good one is let in').to.include((await shown(route, door, `Bearer ${good}`)).status)
      })

  for (const route of signedIn)
    for (const door of doors)
      it(`of a megabyte never gets in at ${route.service} by the door of the ${door}, and hurts nobody`, async () => {
        // Node itself turns such headers away, before anything of ours sees them.
        const status = await shown(route, door, `Bearer ${'A'.repeat(1_000_000)}`).then(
          (answer) => answer.status,
          () => 'cut',
        )
        expect([401, 431, 'cut']).to.include(status)
        const good = await open.world.token(open.world.people.admin)
        expect([200, 403, 404], 'a good one is let in').to.include((await shown(route, door, `Bearer ${good}`)).status)
      })
})
