import { expect } from 'chai'
import fc from 'fast-check'

/** What may become of a field: it takes any of these values; saving refuses to change it; or each reading works it out from something else. */
type Row<V> = { takes: fc.Arbitrary<V> } | { refused: V } | { derived: V }
/** A row for each field of a thing: a field that was added to the type, and has no row, does not compile. */
export type FieldRows<T> = { [K in keyof T]-?: Row<T[K]> }
export type Saved<T> = {
  rows: FieldRows<T>
  read(): Promise<T>
  save(thing: T): Promise<unknown>
  /** What is read after a save, where derived fields follow from what was saved; else the very thing. */
  expected?(thing: T): T
}

/** A test for each field: changed, saved and read back, it is what it was changed to, and everything else is as it was. */
export function savesEveryField<T extends object>(of: string, { rows, read, save, expected = (thing) => thing }: Saved<T>): void {
  for (const [field, row] of Object.entries<Row<unknown>>(rows)) {
    const changed = async (value: unknown) => ({ ...(await read()), [field]: value })
    if ('takes' in row)
      it(`${of}: a changed ${field} is saved`, () => {
        const isSaved = async (value: unknown) => {
          const thing = await changed(value)
          await save(thing)
          expect(withoutEmpty(await read())).to.eql(withoutEmpty(expected(thing)))
        }
        return fc.assert(fc.asyncProperty(row.takes, isSaved), { numRuns: 10 })
      })
    else
      it(`${of}: a changed ${field} is ${'refused' in row ? 'refused' : 'of no effect'}`, async () => {
        const before = await read()
        const outcome = await save(await changed('refused' in row ? row.refused : row.derived)).then(
          () => 'saved',
          () => 'refused',
        )
        expect(outcome).to.equal('refused' in row ? 'refused' : 'saved')
        expect(await read()).to.eql(before)
      })
  }
}

/** Changes of all fields at once. */
export const changesOf = <T extends object>(rows: FieldRows<T>): fc.Arbitrary<Partial<T>> => {
  const taking = Object.entries<Row<unknown>>(rows).flatMap(([field, row]) => ('takes' in row ? [[field, row.takes] as const] : []))
  return fc.record(Object.fromEntries(taking)) as fc.Arbitrary<Partial<T>>
}

/** A field without a value is not there when it is read. */
export const withoutEmpty = <T extends object>(thing: T): T => JSON.parse(JSON.stringify(thing)) as T

/** Values that suit most fields. */
export const text = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 50 })
export const instant = fc
  .date({ min: new Date('2026-01-01'), max: new Date('2027-01-01'), noInvalidDate: true })
  .map((date) => date.toISOString())
export const day = instant.map((at) => at.slice(0, 10))
export const maybe = <V>(values: fc.Arbitrary<V>) => fc.option(values, { nil: undefined })
