import type { Endpoint } from '@repitbot/contracts/endpoint'
import { expect } from 'chai'
import { callers } from './callers.ts'
import { routes, titleOf } from './routes.ts'

const callersOf = ({ who }: Endpoint) =>
  typeof who === 'string'
    ? who
    : Object.entries(who)
        .map(([role, reach]) => `${role} ${reach}`)
        .join(', ')

describe('who may call each route', () => {
  it('is in the contracts as in the table that is written by hand', () => {
    const inContracts = routes.map((route) => `${titleOf(route)}: ${callersOf(route.row)}`).sort()
    const byHand = Object.entries(callers)
      .flatMap(([who, titles]) => titles.map((title) => `${title}: ${who}`))
      .sort()
    expect(inContracts, 'add or change it in test/contract/callers.ts, when it is meant').to.deep.equal(byHand)
  })
})
