import type { Language } from './person-card.ts'

/**
 * Money is a whole number of the smallest unit of its currency ("minor": kopecks, cents, yen), at most Number.MAX_SAFE_INTEGER. Texts are read and
 * written digit by digit, never by way of a fraction.
 */
export const currencyUsual = 'RUB'

/** Digits after the point by ISO 4217, where they are not two. Intl has its own for some currencies, and a stored amount must not change with a browser. */
const digitsBySize: Record<number, string> = {
  0: 'BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF',
  3: 'BHD IQD JOD KWD LYD OMR TND',
  4: 'CLF UYW',
}
const digits = new Map(Object.entries(digitsBySize).flatMap(([count, codes]) => codes.split(' ').map((code) => [code, Number(count)])))

/** How many digits a currency has after the point: 2 in RUB, 0 in JPY, 3 in KWD. */
export const digitsOf = (currency: string): number => digits.get(currency) ?? 2

/**
 * Reads an amount that a person wrote, such as 1500, 1 500,50 or 19.99, as minor units. Undefined when it is no amount, is negative, has more
 * digits after the point than the currency, or is too large to be exact.
 */
export function parseMoney(text: string, currency: string): number | undefined {
  const plain = text.replaceAll(/\s/g, '').replace(',', '.')
  const [, whole = '', fraction = ''] = /^(\d+)(?:\.(\d+))?$/.exec(plain) ?? []
  const size = digitsOf(currency)
  if (!whole || fraction.length > size) return undefined
  const minor = Number(whole + fraction.padEnd(size, '0'))
  return Number.isSafeInteger(minor) ? minor : undefined
}

/** An amount as plain digits, for a field that `parseMoney` reads: 1500 or 19.99. */
export function amountText(amountMinor: number, currency: string): string {
  const text = decimalText(amountMinor, currency)
  return /\.0+$/.test(text) ? text.slice(0, text.indexOf('.')) : text
}

/** An amount as people read it, such as 1 500 ₽ or ¥1,500; without decimals where they are zero. */
export function moneyText(amountMinor: number, currency: string, language: Language): string {
  const text = amountText(amountMinor, currency)
  const size = text.includes('.') ? digitsOf(currency) : 0
  const options = { style: 'currency', currency, currencyDisplay: 'narrowSymbol' } as const
  return new Intl.NumberFormat(language, { ...options, minimumFractionDigits: size, maximumFractionDigits: size }).format(
    text as `${number}`,
  )
}

/** The sign of a currency, such as ₽ or ¥; its code where it has none. */
export const currencySign = (currency: string, language: Language): string =>
  new Intl.NumberFormat(language, { style: 'currency', currency, currencyDisplay: 'narrowSymbol' })
    .formatToParts(0)
    .find(({ type }) => type === 'currency')?.value ?? currency

function decimalText(amountMinor: number, currency: string): string {
  if (!Number.isSafeInteger(amountMinor)) throw new RangeError(`Expected a whole number of minor units, got ${amountMinor}`)
  const size = digitsOf(currency)
  const text = String(Math.abs(amountMinor)).padStart(size + 1, '0')
  const at = text.length - size
  return `${amountMinor < 0 ? '-' : ''}${text.slice(0, at)}${size ? `.${text.slice(at)}` : ''}`
}
