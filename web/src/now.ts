import { useEffect, useState } from 'react'

const tickMs = 20_000

/** This instant, renewed often enough for a clock of minutes. */
export function useNow(): number {
  const [now, setNow] = useState(() => Date.now())
  useEffect(() => {
    const ticking = setInterval(() => setNow(Date.now()), tickMs)
    return () => clearInterval(ticking)
  }, [])
  return now
}
