import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { expect } from 'chai'
import { protections } from './chaos/unprotected.ts'
import { controls } from './controls/table.ts'
import { read, root } from './sources.ts'

describe('what make controls and make chaos break on purpose', () => {
  it('is there: every quoted piece of code is in the file that is named', () => {
    const quotes = [...controls, ...Object.values(protections).flat()]
    const absent = quotes.filter(({ file, find }) => find !== '' && !(existsSync(join(root, file)) && read(file).text.includes(find)))
    expect(
      absent.map(({ file, find }) => `${file}: ${find}`),
      'let these rows of test/controls and test/chaos/unprotected.ts follow the code',
    ).to.deep.equal([])
  })

  it('has a name of its own each', () => {
    const names = controls.map(({ name }) => name)
    expect(names.filter((name, at) => names.indexOf(name) !== at)).to.deep.equal([])
  })
})
