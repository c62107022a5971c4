import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect } from 'chai'
import { parse } from 'yaml'
import { chart } from './helm.ts'
import { tabled, values } from './values-table.ts'

type Dependency = { name: string; version: string; repository: string; condition: string; alias?: string }
const fileOf = (name: string) => parse(readFileSync(join(chart, name), 'utf8')) as { dependencies: Dependency[]; digest: string }

describe('the README of the chart', () => {
  it('has the table of values.yaml; `make format` writes it', () => {
    const { is, should } = tabled()
    expect(is).to.equal(should)
  })

  it('says what every value is for', () => {
    const silent = values().filter(({ value, comment }) => value && !comment)
    // What belongs together is told by the comment above it.
    const told = values()
      .filter(({ comment }) => comment)
      .map(({ path }) => path)
    expect(silent.filter(({ path }) => !told.some((one) => path.startsWith(`${one}.`))).map(({ path }) => path)).to.deep.equal([])
  })

  it('stands beside a lock of exactly the dependencies named', () => {
    const asked = fileOf('Chart.yaml').dependencies
    const { dependencies: locked, digest } = fileOf('Chart.lock')
    const said = asked.map(({ name, version, repository, condition, alias }) => ({ name, version, repository, condition, alias }))
    const kept = locked.map(({ name, version, repository }) => ({ name, version, repository }))
    expect(digest).to.equal(
      `sha256:${createHash('sha256')
        .update(JSON.stringify([said, kept]))
        .digest('hex')}`,
    )
  })
})
