import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { expect } from 'chai'
import { read } from '../sources.ts'
import { tools } from './helm.ts'

describe('the local cluster', () => {
  it('is described in a way that kind itself takes, to the last key', () => {
    // With no programs around, it reads the description and then finds no Docker to make anything with.
    const output = (input: string) =>
      spawnSync(join(tools, 'kind'), ['create', 'cluster', '--config', '-'], { input, env: { PATH: '' }, encoding: 'utf8' }).stderr
    const { text } = read('kind-config.yaml')
    expect(output(text)).to.contain('failed to get docker info')
    expect(output(text.replace('hostPort', 'hostPrt'))).to.contain('field hostPrt not found')
  })
})
