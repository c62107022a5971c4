import { expect } from 'chai'
import fc from 'fast-check'
import { amountText, currencySign, digitsOf, moneyText, parseMoney } from './money.ts'

const plain = (text: string) => text.replaceAll(/[\u00a0\u202f]/g, ' ')

describe('contracts: money', () => {
  for (const [currency, size] of [
    ['RUB', 2],
    ['JPY', 0],
    ['KWD', 3],
    ['IQD', 3],
    ['CLF', 4],
    ['XYZ', 2],
  ] as const)
    it(`has ${size} digits after the point in ${currency}`, () => expect(digitsOf(currency)).to.equal(size))

  for (const [text, currency, minor] of [
    ['19.99', 'RUB', 1_999],
    ['1 500,50', 'RUB', 150_050],
    ['1\u00a0500,5', 'RUB', 150_050],
    [' 0 ', 'RUB', 0],
    ['0.07', 'RUB', 7],
    ['1500', 'JPY', 1_500],
    ['1.005', 'KWD', 1_005],
    ['1,5', 'KWD', 1_500],
    ['90071992547409.91', 'RUB', Number.MAX_SAFE_INTEGER],
  ] as const)
    it(`read from ${JSON.stringify(text)} is ${minor} of the smallest unit of ${currency}`, () =>
      expect(parseMoney(text, currency)).to.equal(minor))

  for (const [text, currency] of [
    ['', 'RUB'],
    ['-1', 'RUB'],
    ['1500 rub', 'RUB'],
    ['1e3', 'RUB'],
    ['.5', 'RUB'],
    ['1,500', 'RUB'],
    ['1.234.567', 'RUB'],
    ['19.99', 'JPY'],
    ['1.0005', 'KWD'],
    ['90071992547409.92', 'RUB'],
  ] as const)
    it(`is not read from ${JSON.stringify(text)} in ${currency}`, () => expect(parseMoney(text, currency)).to.equal(undefined))

  for (const [minor, currency, language, text] of [
    [150_000, 'RUB', 'ru', '1 500 ₽'],
    [1_999, 'RUB', 'ru', '19,99 ₽'],
    [150_050, 'RUB', 'en', '₽1,500.50'],
    [1_500, 'JPY', 'en', '¥1,500'],
    [1_500, 'KWD', 'en', 'KWD 1.500'],
    [2_000, 'KWD', 'en', 'KWD 2'],
    [-1_999, 'RUB', 'ru', '-19,99 ₽'],
    [Number.MAX_SAFE_INTEGER, 'RUB', 'ru', '90 071 992 547 409,91 ₽'],
    [Number.MAX_SAFE_INTEGER, 'KWD', 'en', 'KWD 9,007,199,254,740.991'],
  ] as const)
    it(`of ${minor} of the smallest unit of ${currency} is written ${text}`, () =>
      expect(plain(moneyText(minor, currency, language))).to.equal(text))

  it('that was written into a field is read back the same, in any currency', () => {
    const currency = fc.constantFrom('RUB', 'JPY', 'KWD', 'CLF', 'USD')
    fc.assert(
      fc.property(fc.maxSafeNat(), currency, (minor, code) => {
        expect(parseMoney(amountText(minor, code), code)).to.equal(minor)
      }),
    )
  })

  it('names the sign of a currency', () => {
    expect([currencySign('RUB', 'ru'), currencySign('JPY', 'en'), currencySign('KWD', 'en')]).to.eql(['₽', '¥', 'KWD'])
  })

  it('is never written of a fraction of the smallest unit', () => expect(() => moneyText(0.5, 'RUB', 'ru')).to.throw(/whole number/))
})
