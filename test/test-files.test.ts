import { readdirSync } from 'node:fs'
import { expect } from 'chai'
import { filesUnder, root } from './sources.ts'
import { testFiles } from './test-files.ts'

describe('the files of make test', () => {
  const all = readdirSync(root, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && !/^\.|^node_modules$/.test(entry.name))
    .flatMap(({ name }) => filesUnder(name))
    .filter((path) => path.endsWith('.test.ts'))
  const needsCluster = (path: string) => path.startsWith('test/e2e/')
  const { early, late } = testFiles()
  const run = [...early, ...late]

  it('are every test of the repository, once, without those that need a cluster', () => {
    expect(all.filter(needsCluster), 'what only make e2e runs').to.include('test/e2e/operator.test.ts')
    expect(run.filter(needsCluster).join(' '), 'needs a cluster').to.equal('')
    expect(all.filter((path) => !needsCluster(path) && !run.includes(path)).join(' '), 'left out').to.equal('')
    expect(run.length, 'run twice').to.equal(new Set(run).size)
  })
})
