const keptMax = 1_000

export type Latency = { p50Ms: number | null; p95Ms: number | null; p99Ms: number | null }
/** What came of the requests so far, and how long the last of them took. */
export type Figures = { answered(ms: number): void; failed(): void; read(): { answered: number; failed: number; latency: Latency } }

/** Keeps the last thousand times: enough for a p99 that a person reads; Prometheus keeps the history. What is told is also told to the `whole`. */
export function openFigures(whole?: Figures): Figures {
  const times = new Float64Array(keptMax)
  let answered = 0
  let failed = 0
  return {
    answered(ms) {
      times[answered++ % keptMax] = ms
      whole?.answered(ms)
    },
    failed() {
      failed++
      whole?.failed()
    },
    read() {
      const sorted = times.slice(0, Math.min(answered, keptMax)).sort()
      const at = (share: number) => (sorted.length ? Math.round((sorted[Math.floor(sorted.length * share)] ?? 0) * 10) / 10 : null)
      return { answered, failed, latency: { p50Ms: at(0.5), p95Ms: at(0.95), p99Ms: at(0.99) } }
    },
  }
}
