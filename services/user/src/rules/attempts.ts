/** `sign-in`: a guess at an account's password; `accept`: at a code or token; `forgot` and `telegram-login` are no guesses, but each writes a row. */
export type AttemptKind = 'sign-in' | 'accept' | 'forgot' | 'telegram-login'
/** One attempt. `account` is an e-mail or a user id; `isCode`: it brings a code that is short enough to be guessed from many places. */
export type Attempt = { kind: AttemptKind; account?: string; networks: Networks; agent?: string; isCode?: boolean }
/** The networks of its client, the wide one with IPv6 only: see networksOf in the kit. */
type Networks = { narrow: string; wide: string | undefined }
/** From where an account was signed in to. */
export type KnownOrigin = { network: string; agent: string }
/** One that `restarts` begins again at 0 after a success. */
export type Counter = { key: string; max: number; restarts?: boolean }

export const windowSeconds = 15 * 60
/** How long ago an origin may have signed in to be known. */
export const knownDaysMax = 30
/** Failures of one account from one network, or of codes from one network. */
const pairMax = 10
/** Failures of one account, or of one network, far above what a school needs: against guesses from many places, or at many accounts. */
const wideMax = 100
const wideNetworkTimes = 4
/** Failed codes of the whole installation: at this pace somebody finds one of a thousand open codes in 25,000 years of guessing. */
const codesMax = 1000
/** Letters to one person, whoever asks. */
const lettersMax = 3

/**
 * The counters of one attempt, the narrowest first. Guesses at one account from many places are counted together. Over that bound an origin
 * that is known has a way of its own, so that no stranger shuts the owner out: its network needs no other counter, and its agent, which
 * anybody can copy, has one counter for all networks.
 */
export function countersOf({ kind, account, networks, agent = '', isCode }: Attempt, known: KnownOrigin[] = []): Counter[] {
  const networkMax = kind === 'accept' ? pairMax : wideMax
  const { narrow, wide } = networks
  const ofNetworks = [
    { key: `${kind} from ${narrow}`, max: networkMax },
    ...(wide === undefined ? [] : [{ key: `${kind} from ${wide}`, max: networkMax * wideNetworkTimes }]),
  ]
  if (account === undefined) return [...ofNetworks, ...(isCode ? [{ key: 'codes', max: codesMax }] : [])]
  const pair = { key: `${kind} as ${account} from ${narrow}`, max: pairMax, restarts: true }
  if (known.some(({ network }) => network === narrow)) return [pair, ...ofNetworks]
  const all = { key: `${kind} as ${account}`, max: kind === 'forgot' ? lettersMax : wideMax }
  const ofAgent = { key: `${kind} as ${account} by ${agent}`, max: pairMax }
  return [pair, ...ofNetworks, known.some((one) => one.agent === agent) ? ofAgent : all]
}
