import { expect } from 'chai'
import { freePorts } from '../processes.ts'

describe('free ports', () => {
  it('are each another one, below those that the system gives to connections, which may take one before it is used', async () => {
    const ports = await freePorts(50)
    expect(new Set(ports).size).to.equal(50)
    expect(ports.filter((port) => port < 10_000 || port >= 32_768)).to.deep.equal([])
  })
})
