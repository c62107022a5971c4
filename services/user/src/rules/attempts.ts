/** Each kind of attempt has its own counters. */
export type AttemptKind = 'sign-in' | 'accept' | 'forgot'
export type Counter = { key: string; max: number }

export const windowSeconds = 15 * 60
/** `pairMax` per account and address. `wideMax`, far above what a school needs, per account or address alone: against guesses from many places, or at many accounts. */
const pairMax = 10
const wideMax = 100

/** The counters of one attempt, in the order in which every transaction locks them. `account` is an e-mail, or undefined when only a code is given. */
export function countersOf(kind: AttemptKind, account: string | undefined, address: string): Counter[] {
  const alone = { key: `${kind} from ${address}`, max: account === undefined ? pairMax : wideMax }
  if (account === undefined) return [alone]
  return [{ key: `${kind} as ${account} from ${address}`, max: pairMax }, alone, { key: `${kind} as ${account}`, max: wideMax }]
}

/** A request to sign in by Telegram is no guess, but each inserts a row: one address gets no more of them than a school needs. */
export const loginCounter = (address: string): Counter => ({ key: `telegram-login from ${address}`, max: wideMax })
