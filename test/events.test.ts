import { type EventName, events } from '@repitbot/contracts/events'
import { expect } from 'chai'
import { folderOf, isTest, read, type Source, services, sources, withoutComments } from './sources.ts'

const names = Object.keys(events) as EventName[]
const codeOf = (service: string): Source[] => sources.filter(({ path }) => path.startsWith(`${folderOf(service)}/src/`) && !isTest(path))
const says = (service: string, name: EventName): boolean =>
  codeOf(service).some(({ text }) => new RegExp(`name:[^,}\\n]*'${name.replace('.', '\\.')}'`).test(withoutComments(text)))
const isRoomOfHearing = (path: string): boolean => /\/consumers(\.ts$|\/)|^packages\/kit\/reach\.ts$/.test(path)
const hears = (service: string | undefined, name: EventName): boolean =>
  sources
    .filter(({ path }) => isRoomOfHearing(path) && (service === undefined || path.startsWith(`${folderOf(service)}/`)))
    .some(({ text }) => new RegExp(`'${name.replace('.', '\\.')}':`).test(withoutComments(text)))

describe('the catalogue of events', () => {
  for (const name of names) {
    const { by, ...row } = events[name]
    it(`${name} is said by ${by}, and heard by somebody or marked external`, () => {
      expect(says(by, name), `${by} never says it`).to.equal(true)
      expect(hears(undefined, name) || 'external' in row, 'nobody hears it').to.equal(true)
    })
  }

  it('names each event for what happened', () => {
    expect(names.filter((name) => !/^[a-z]+(-[a-z]+)*\.[a-z_]+$/.test(name))).to.deep.equal([])
  })

  for (const service of services) {
    it(`the README of ${service} names every event it says and hears`, () => {
      const { text } = read(`${folderOf(service)}/README.md`)
      expect(names.filter((name) => (says(service, name) || hears(service, name)) && !text.includes(name))).to.deep.equal([])
    })
  }
})
