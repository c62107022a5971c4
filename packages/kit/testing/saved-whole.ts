import { expect } from 'chai'
import fc from 'fast-check'

/** How a field behaves: it takes any of these values; a save refuses to change it; or each read derives it from other fields. */
type Row<V> = { takes: fc.Arbitrary<V> } | { refused: V } | { derived: V }
/** A row for each field of a type: a field without a row does not compile. */
export type FieldRows<T> = { [K in keyof T]-?: Row<T[K]> }
export type Saved<T> = {
  rows: FieldRows<T>
  read(): Promise<T>
  save(thing: T): Promise<unknown>
  /** What is read after a save, where derived fields depend on what was saved; by default the saved value itself. */
  expected?(thing: T): T
}

/** Makes a test for each field: after a change and a save the field reads back with the new value, and all others as before. */
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
        const result = await save(await changed('refused' in row ? row.refused : row.derived)).then(
          () => 'saved',
          () => 'refused',
        )
        expect(result).to.equal('refused' in row ? 'refused' : 'saved')
        expect(await read()).to.eql(before)
      })
  }
}

/** Generates changes of all fields at once. */
export const changesOf = <T extends object>(rows: FieldRows<T>): fc.Arbitrary<Partial<T>> => {
  const changeable = Object.entries<Row<unknown>>(rows).flatMap(([field, row]) => ('takes' in row ? [[field, row.takes] as const] : []))
  return fc.record(Object.fromEntries(changeable)) as fc.Arbitrary<Partial<T>>
}

/** Drops fields without a value, for a store does not return them. */
export const withoutEmpty = <T extends object>(thing: T): T => JSON.parse(JSON.stringify(thing)) as T

/** Generators that suit most fields. */
export const text = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 50 })
export const instant = fc
  .date({ min: new Date('2026-01-01'), max: new Date('2027-01-01'), noInvalidDate: true })
  .map((date) => date.toISOString())
export const day = instant.map((at) => at.slice(0, 10))
export const maybe = <V>(values: fc.Arbitrary<V>) => fc.option(values, { nil: undefined })
