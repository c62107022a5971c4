/** The rate is measured over this window. */
const windowMs = 200

/**
 * A batch costs nearly the same whether it holds one message or fifty. The returned function gets the size of each batch and returns how
 * long, in milliseconds, to gather the next one: 0 up to `perSecondMax` messages a second, so that at low load nothing waits.
 */
export function openPace({ perSecondMax, gatherMs }: { perSecondMax: number; gatherMs: number }): (count: number) => number {
  let perMs = 0
  let at = performance.now()
  return (count) => {
    const passedMs = Math.max(performance.now() - at, 1)
    at += passedMs
    perMs += Math.min(1, passedMs / windowMs) * (count / passedMs - perMs)
    return perMs * 1000 > perSecondMax ? gatherMs : 0
  }
}
