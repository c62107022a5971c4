import type pg from 'pg'

/** Lets one loop sleep until something happens. A wake-up that comes while nobody sleeps is kept for the next sleep. */
export function openWaker() {
  let pending = false
  let endSleep = () => {}
  return {
    wake() {
      pending = true
      endSleep()
    },
    /** Forgets a wake-up: what it was about is looked at now anyway. */
    clear() {
      pending = false
    },
    /** Sleeps until woken, at most so long; answers whether it was woken. */
    async sleep(msMax: number): Promise<boolean> {
      if (!pending)
        await new Promise<void>((resolve) => {
          const timer = setTimeout(resolve, msMax)
          endSleep = () => {
            clearTimeout(timer)
            resolve()
          }
        })
      const wasWoken = pending
      pending = false
      return wasWoken
    },
  }
}

const notifyMs = 20

/** Wakes the relay in another process of the service, outside any transaction and at most every 20 ms. */
export function openNotifier(pool: pg.Pool, service: string) {
  let timer: NodeJS.Timeout | undefined
  let closed = false
  return {
    notify() {
      timer ??= setTimeout(() => {
        timer = undefined
        if (!closed) pool.query(`notify outbox_${service}`).catch(() => {})
      }, notifyMs)
    },
    close() {
      closed = true
      clearTimeout(timer)
    },
  }
}
