import { type EventName, events } from '@repitbot/contracts/events'
import { expect } from 'chai'
import { houses, isTest, read, type Source, sources, withoutComments } from './sources.ts'

const names = Object.keys(events) as EventName[]
/** The bot is a house as well, with a place of its own; what it says is looked for once it is built. */
const isBuilt = (house: string): boolean => house !== 'bot' || codeOf('bot').length > 0
const placeOf = (house: string): string => (house === 'bot' ? 'bot/src/' : `services/${house}/src/`)
const codeOf = (house: string): Source[] => sources.filter(({ path }) => path.startsWith(placeOf(house)) && !isTest(path))
const says = (house: string, name: EventName): boolean =>
  codeOf(house).some(({ text }) => new RegExp(`name:[^,}\\n]*'${name.replace('.', '\\.')}'`).test(withoutComments(text)))
const isRoomOfHearing = (path: string): boolean => /\/consumers(\.ts$|\/)|^packages\/kit\/reach\.ts$/.test(path)
const hears = (house: string | undefined, name: EventName): boolean =>
  sources
    .filter(({ path }) => isRoomOfHearing(path) && (house === undefined || path.startsWith(`services/${house}/`)))
    .some(({ text }) => new RegExp(`'${name.replace('.', '\\.')}':`).test(withoutComments(text)))

describe('the catalogue of events', () => {
  for (const name of names) {
    const { by, ...row } = events[name]
    it(`${name} is said by ${by}, and heard by somebody or marked external`, () => {
      expect(!isBuilt(by) || says(by, name), `${by} never says it`).to.equal(true)
      expect(hears(undefined, name) || 'external' in row, 'nobody hears it').to.equal(true)
    })
  }

  it('names each event for what happened', () => {
    expect(names.filter((name) => !/^[a-z]+(-[a-z]+)*\.[a-z_]+$/.test(name))).to.deep.equal([])
  })

  for (const house of houses) {
    it(`the README of ${house} names every event it says and hears`, () => {
      const { text } = read(`services/${house}/README.md`)
      expect(names.filter((name) => (says(house, name) || hears(house, name)) && !text.includes(name))).to.deep.equal([])
    })
  }
})
