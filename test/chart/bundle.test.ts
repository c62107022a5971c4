import { execFileSync, spawnSync } from 'node:child_process'
import { globSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect } from 'chai'
import { parse } from 'yaml'
import { read, root } from '../sources.ts'

const { services } = parse(read('charts/repitbot/values.yaml').text) as { services: Record<string, { part: string }> }

describe('what the image runs', function () {
  this.timeout(60_000)
  let folder: string
  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'repitbot-image-'))
    execFileSync(process.execPath, [join(root, 'start/bundle.ts'), folder], { stdio: 'inherit' })
  })
  after(() => rmSync(folder, { recursive: true, force: true }))

  it('has a file for every row of the chart, and for the migrations and commands', () => {
    const parts = globSync('{*,services/*}.js', { cwd: folder }).map((file) => file.replace(/\.js$/, ''))
    const commands = ['migrate', 'first-link', 'dead-letters', 'republish', 'smoke', 'dumps']
    expect(parts).to.have.members([...Object.values(services).map(({ part }) => part), ...commands])
  })

  for (const part of [...Object.values(services).map(({ part }) => part), 'migrate'])
    it(`${part} loads whole, and says by a sentence what it lacks`, () => {
      const { stderr, status } = spawnSync(process.execPath, [part], {
        cwd: folder,
        env: { PORT: 'none' },
        encoding: 'utf8',
        timeout: 20_000,
      })
      expect(stderr).to.match(/^\S+ cannot start:\n[A-Z_]+.*: Expected/)
      expect(status).to.equal(1)
    })
})
