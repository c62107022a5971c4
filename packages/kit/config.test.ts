import { expect } from 'chai'
import { readCommon } from './config.ts'

const good = { POSTGRES_PASSWORD: 'secret', SERVICE_SECRET: '0123456789abcdef' }
const refusal = (more: Record<string, string>) => {
  try {
    readCommon(8002, { ...good, ...more })
  } catch (error) {
    return (error as Error).message
  }
  return ''
}

describe('kit: the environment of a service', () => {
  it('takes the port and everything unset from the defaults; an empty value counts as unset', () => {
    expect(readCommon(8002, { ...good, PORT: '', RABBITMQ_HOST: '' })).to.include({ PORT: 8002, RABBITMQ_HOST: '127.0.0.1' })
  })
  it('names the key, the value, the bound and an example when it refuses', () => {
    expect(refusal({ POSTGRES_PORT: '70000' })).to.equal('POSTGRES_PORT=70000: Expected a port from 1 to 65535, such as 5432')
    expect(refusal({ PORT: 'x' })).to.equal('PORT=x: Expected a port from 1 to 65535, such as 8002')
  })
  it('names what is missing, and never prints a secret', () => {
    expect(refusal({ POSTGRES_PASSWORD: '' })).to.match(/^POSTGRES_PASSWORD: Expected the password/)
    expect(refusal({ SERVICE_SECRET: 'hunter2' }))
      .to.match(/^SERVICE_SECRET: Expected at least 16/)
      .and.not.include('hunter2')
  })
})
