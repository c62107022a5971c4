import { type EventName, events } from '@repitbot/contracts/events'
import { expect } from 'chai'
import { folderOf, isTest, read, type Source, services, sources, withoutComments } from './sources.ts'

const names = Object.keys(events) as EventName[]
const codeOf = (service: string): Source[] => sources.filter(({ path }) => path.startsWith(`${folderOf(service)}/src/`) && !isTest(path))
const publishes = (service: string, name: EventName): boolean =>
  codeOf(service).some(({ text }) => new RegExp(`name:[^,}\\n]*'${name.replace('.', '\\.')}'`).test(withoutComments(text)))
const isConsumers = (path: string): boolean => /\/consumers(\.ts$|\/)|^packages\/kit\/(reach|persons)\.ts$/.test(path)
const consumes = (service: string | undefined, name: EventName): boolean =>
  sources
    .filter(({ path }) => isConsumers(path) && (service === undefined || path.startsWith(`${folderOf(service)}/`)))
    .some(({ text }) => new RegExp(`'${name.replace('.', '\\.')}':`).test(withoutComments(text)))

describe('the catalogue of events', () => {
  for (const name of names) {
    const { by, ...row } = events[name]
    it(`${name} is published by ${by}, and consumed by somebody or marked external`, () => {
      expect(publishes(by, name), `${by} never publishes it: add tx.publish({ name: '${name}', ... }) to ${folderOf(by)}/src`).to.equal(
        true,
      )
      expect(
        consumes(undefined, name) || 'external' in row,
        `nobody consumes it: add '${name}' to the consumers.ts of a service, or external: true to its row in packages/contracts/events.ts`,
      ).to.equal(true)
    })
  }

  it('names each event by a noun and what happened to it', () => {
    expect(names.filter((name) => !/^[a-z]+(-[a-z]+)*\.[a-z_]+$/.test(name))).to.deep.equal([])
  })

  for (const service of services) {
    it(`the README of ${service} names every event it publishes and consumes`, () => {
      const { text } = read(`${folderOf(service)}/README.md`)
      const unnamed = names.filter((name) => (publishes(service, name) || consumes(service, name)) && !text.includes(name))
      expect(unnamed, `add to ${folderOf(service)}/README.md: ${unnamed.join(', ')}`).to.deep.equal([])
    })
  }
})
