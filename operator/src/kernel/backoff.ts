import { setTimeout as sleep } from 'node:timers/promises'
import type { ApiFault } from './api.ts'

export type Bounds = { msMin: number; msMax: number }

/** The wait in milliseconds after a number of failures in a row: it doubles, with jitter over its upper half, and is never shorter than the server's retry-after. */
export function backoffMs(failures: number, { msMin, msMax }: Bounds, error?: unknown): number {
  const most = Math.min(msMax, msMin * 2 ** Math.min(failures - 1, 20))
  return Math.max(most * (0.5 + Math.random() / 2), (error as ApiFault | undefined)?.retryAfterMs ?? 0)
}

/** Sleeps; an abort of the signal ends it early, without an error. */
export const pause = (ms: number, signal: AbortSignal): Promise<void> => sleep(ms, undefined, { signal }).catch(() => {})
