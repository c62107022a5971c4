import type { Somebody } from '@repitbot/kit/testing/people'
import { expect } from 'chai'
import { z } from 'zod'
import { openPlatform, type Platform } from '../platform.ts'
import { type Fixtures, openFixtures } from './fixtures.ts'
import { type Args, ask, type Route, routes, titleOf } from './routes.ts'
import { samplesOf } from './samples.ts'

/** Routes that replace nothing which their caller may not have seen, with the reason. */
const needNone: Record<string, string> = {
  'PUT /api/v1/people/links': 'adds a link, or finds it there: no other is replaced',
  'PUT /api/v1/students/:studentId/game': 'turns one switch: whoever has not seen it turned finds it as they want it',
}
/** What makes the sample of a route another thing than there is. */
const anew: Record<string, Args> = {
  'PUT /api/v1/lessons/:lessonId/report': { topic: 'Another topic' },
  'PUT /api/v1/lesson-policy': { noticeHours: 1 },
}
const replacing = routes.filter(({ row }) => row.method === 'put' || row.method === 'patch')
const versioned = replacing.filter((route) => !needNone[titleOf(route)])

describe('what is replaced', () => {
  let platform: Platform
  let fixtures: Fixtures
  before(async function () {
    this.timeout(60_000)
    platform = await openPlatform()
    fixtures = await openFixtures(platform)
  })
  after(() => platform?.close())

  it('is named with its version by every route that replaces, except those named here', () => {
    const needs = ({ row }: Route) => {
      const { properties = {}, required = [] } = row.body instanceof z.ZodType ? z.toJSONSchema(row.body, { io: 'input' }) : {}
      return properties.version !== undefined && required.includes('version')
    }
    expect(replacing.filter((route) => !needs(route)).map(titleOf)).to.have.members(Object.keys(needNone))
  })

  for (const route of versioned)
    it(`is not replaced by ${titleOf(route)} from another version than there is, and is from the present one`, async () => {
      const [sample] = samplesOf(route.api, route.name)
      const caller = platform.people[Object.keys(route.row.who)[0] as Somebody]
      const owner = platform.people[sample?.owners?.[0] ?? 'student']
      const args: Args = { ...(await sample?.args(fixtures, { caller, owner })), ...anew[titleOf(route)] }
      const sent = async (version: number) => {
        const answer = await ask(
          platform.origin(route.service, 'gateway'),
          route,
          { ...args, version },
          {
            authorization: `Bearer ${caller.accessToken}`,
          },
        )
        return { status: answer.status, code: (answer.json as { code?: string }).code }
      }
      const version = Number(args.version)
      expect(await sent(version + 1)).to.deep.equal({ status: 409, code: 'conflict' })
      expect((await sent(version)).status).to.equal(200)
      if (route.api !== 'series') expect((await sent(version)).status, 'the same again, after a lost answer').to.equal(200)
    })
})
