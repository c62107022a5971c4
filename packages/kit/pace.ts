/** Over so long the rate is looked at. */
const windowMs = 200

/**
 * A batch costs nearly the same whether it holds one message or fifty. Told of each batch, answers for how long the next one may gather:
 * not at all up to so many messages a second, so that a trickle never waits.
 */
export function openPace({ perSecondMax, gatherMs }: { perSecondMax: number; gatherMs: number }): (count: number) => number {
  let perMs = 0
  let at = performance.now()
  return (count) => {
    const passed = Math.max(performance.now() - at, 1)
    at += passed
    perMs += Math.min(1, passed / windowMs) * (count / passed - perMs)
    return perMs * 1000 > perSecondMax ? gatherMs : 0
  }
}
