import { setTimeout as sleep } from 'node:timers/promises'
import type { ApiFault } from './api.ts'

export type Bounds = { msMin: number; msMax: number }

/** How long to wait after so many failures in a row: doubling, spread over its upper half, never sooner than the server asked for. */
export function backoffMs(failures: number, { msMin, msMax }: Bounds, error?: unknown): number {
  const most = Math.min(msMax, msMin * 2 ** Math.min(failures - 1, 20))
  return Math.max(most * (0.5 + Math.random() / 2), (error as ApiFault | undefined)?.retryAfterMs ?? 0)
}

/** Sleeps; ends early and quietly with the signal. */
export const rest = (ms: number, signal: AbortSignal): Promise<void> => sleep(ms, undefined, { signal }).catch(() => {})
