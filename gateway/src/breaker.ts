import type { BreakerState } from '@repitbot/contracts/gateway'
import type { Settings } from '@repitbot/contracts/settings'
import { Failure } from '@repitbot/kit/failure'
import CircuitBreaker from 'opossum'

type Bounds = Pick<Settings['circuitBreaker'], 'failureThreshold' | 'recoverySeconds'>
export type Breaker = {
  /** Runs the work, unless the breaker is open: then throws `unavailable` at once. */
  run<T>(work: () => Promise<T>): Promise<T>
  state(): BreakerState
  failuresInRow(): number
  /** How many requests the open breaker refused. */
  refusals(): number
  /** When an open breaker lets one trial request through. */
  triesAt(): Date | undefined
  /** Lets one trial request through now, where the breaker is open: for when there is reason to think that the service is well again. */
  tryNow(): void
  reset(): void
  close(): void
}

/** opossum reads these options each time it opens; its types do not declare them. */
const optionsOf = (circuit: object) => (circuit as { options: CircuitBreaker.Options }).options

const neverByItself = { errorThresholdPercentage: 100, volumeThreshold: Number.MAX_SAFE_INTEGER }
const frugal = { timeout: false, rollingPercentilesEnabled: false, rollingCountBuckets: 1, enableSnapshots: false } as const
type Work = () => Promise<unknown>

/**
 * Opens after `failureThreshold` failures in a row. We count them ourselves, because opossum knows only percentages. After
 * `recoverySeconds`, or `tryNow`, one trial request goes through: its success closes the breaker, its failure opens it again. The bounds
 * are read each time, and a change of them keeps the count and the time already waited. `isFault` decides which errors count: a trial
 * request that the client ended says nothing about the service, so the next request is the trial.
 */
export function openBreaker(bounds: () => Bounds, isFault: (error: unknown) => boolean): Breaker {
  let inRow = 0
  let openedAt = 0
  let refusals = 0
  let recoveryMs = 0
  const newCircuit = (state?: 'open' | 'halfOpen', openForMs = 0) => {
    const circuit = new CircuitBreaker((work: Work) => work(), {
      ...neverByItself,
      ...frugal,
      resetTimeout: openForMs,
      errorFilter: (error) => !isFault(error),
      ...(state && {
        state: { enabled: true, closed: false, halfOpen: state === 'halfOpen', open: state === 'open', warmUp: false, shutdown: false },
      }),
    } as CircuitBreaker.Options<[Work]>)
    // Before opossum's own listener, which closes a half-open circuit at any success and takes an error that is no fault for one.
    circuit.prependListener('success', (answer) => {
      if (!(answer instanceof Error)) inRow = 0
      else if (circuit.halfOpen) replaceBy('halfOpen')
    })
    circuit.on('failure', () => {
      inRow++
      recoveryMs = bounds().recoverySeconds * 1000
      Object.assign(optionsOf(circuit), { resetTimeout: recoveryMs })
      if (inRow >= bounds().failureThreshold) circuit.open()
    })
    circuit.on('open', () => (openedAt = Date.now()))
    return circuit
  }
  let circuit = newCircuit()
  const replaceBy = (...state: Parameters<typeof newCircuit>) => {
    circuit.shutdown()
    circuit = newCircuit(...state)
  }
  /** Where `recoverySeconds` was changed, an open breaker waits by the new value; the time already waited counts. */
  const current = () => {
    const wanted = bounds().recoverySeconds * 1000
    if (!circuit.opened || wanted === recoveryMs) return circuit
    recoveryMs = wanted
    replaceBy('open', Math.max(1, openedAt + wanted - Date.now()))
    return circuit
  }
  const triesAt = () => (current().opened ? new Date(openedAt + recoveryMs) : undefined)
  const throwRefusal = (error: unknown): never => {
    if ((error as { code?: string }).code !== 'EOPENBREAKER') throw error
    refusals++
    const left = (triesAt()?.getTime() ?? 0) - Date.now()
    throw new Failure('unavailable', { retryAfterSeconds: Math.max(1, Math.ceil(left / 1000)) }, { cause: error })
  }
  const succeeded = <T>(answer: T): T => {
    if (circuit.closed) inRow = 0
    return answer
  }
  /** opossum is told, and opens; what began before it opened is no trial, and says nothing later. */
  const countFault = async (error: unknown): Promise<void> => {
    if (circuit.closed && isFault(error)) await circuit.fire(() => Promise.reject(error as Error)).catch(() => {})
  }
  return {
    // A closed breaker lets everything through, so the work runs beside opossum, whose bookkeeping costs more than the rest of a request.
    run: <T>(work: () => Promise<T>) =>
      current().closed
        ? work().then(succeeded, async (error: unknown) => {
            await countFault(error)
            throw error
          })
        : (circuit.fire(work).catch(throwRefusal) as Promise<T>),
    state: () => (current().opened ? 'open' : circuit.halfOpen ? 'half-open' : 'closed'),
    failuresInRow: () => inRow,
    refusals: () => refusals,
    triesAt,
    tryNow() {
      if (circuit.opened) replaceBy('halfOpen')
    },
    reset() {
      inRow = 0
      circuit.close()
    },
    close: () => circuit.shutdown(),
  }
}
