const sampleMax = 1_000

export type Latency = { p50Ms: number | null; p95Ms: number | null; p99Ms: number | null }
/** How many requests were answered and failed so far, and how long the last ones took. */
export type Figures = { answered(ms: number): void; failed(): void; read(): { answered: number; failed: number; latency: Latency } }

/** Keeps the last thousand times: enough for a p99 that a person reads; Prometheus keeps the history. Each request is also counted in `total`. */
export function openFigures(total?: Figures): Figures {
  const times = new Float64Array(sampleMax)
  let answered = 0
  let failed = 0
  return {
    answered(ms) {
      times[answered++ % sampleMax] = ms
      total?.answered(ms)
    },
    failed() {
      failed++
      total?.failed()
    },
    read() {
      const sorted = times.slice(0, Math.min(answered, sampleMax)).sort()
      const at = (share: number) => (sorted.length ? Math.round((sorted[Math.floor(sorted.length * share)] ?? 0) * 10) / 10 : null)
      return { answered, failed, latency: { p50Ms: at(0.5), p95Ms: at(0.95), p99Ms: at(0.99) } }
    },
  }
}
