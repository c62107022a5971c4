/** What is tried and may fail: each has its own counters. */
export type Trying = 'sign-in' | 'accept' | 'forgot'
export type Counter = { key: string; max: number }

export const windowSeconds = 15 * 60
/** Per account and address together; and, far above what an honest school needs, per account and per address alone, against guessing from many places or of many accounts. */
const pairMax = 10
const wideMax = 100

/** The counters of one try, in the order that every transaction takes them in. `account` is an e-mail, or nothing when only a code is shown. */
export function countersOf(trying: Trying, account: string | undefined, address: string): Counter[] {
  const alone = { key: `${trying} from ${address}`, max: account === undefined ? pairMax : wideMax }
  if (account === undefined) return [alone]
  return [{ key: `${trying} as ${account} from ${address}`, max: pairMax }, alone, { key: `${trying} as ${account}`, max: wideMax }]
}

/** Asking to sign in by Telegram is no guess, but each leaves a row: no more of them from one address than a school needs. */
export const loginsFrom = (address: string): Counter => ({ key: `telegram-login from ${address}`, max: wideMax })
