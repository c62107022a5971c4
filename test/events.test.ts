import { type EventName, events } from '@repitbot/contracts/events'
import { expect } from 'chai'
import { folderOf, houses, isTest, read, type Source, sources, withoutComments } from './sources.ts'

const names = Object.keys(events) as EventName[]
const codeOf = (house: string): Source[] => sources.filter(({ path }) => path.startsWith(`${folderOf(house)}/src/`) && !isTest(path))
const says = (house: string, name: EventName): boolean =>
  codeOf(house).some(({ text }) => new RegExp(`name:[^,}\\n]*'${name.replace('.', '\\.')}'`).test(withoutComments(text)))
const isRoomOfHearing = (path: string): boolean => /\/consumers(\.ts$|\/)|^packages\/kit\/reach\.ts$/.test(path)
const hears = (house: string | undefined, name: EventName): boolean =>
  sources
    .filter(({ path }) => isRoomOfHearing(path) && (house === undefined || path.startsWith(`${folderOf(house)}/`)))
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

  for (const house of houses) {
    it(`the README of ${house} names every event it says and hears`, () => {
      const { text } = read(`${folderOf(house)}/README.md`)
      expect(names.filter((name) => (says(house, name) || hears(house, name)) && !text.includes(name))).to.deep.equal([])
    })
  }
})
