import type pg from 'pg'

/** Lets one loop sleep until it is woken. A wake-up that comes while the loop is awake ends its next sleep at once. */
export function openWaker() {
  let pending = false
  let endSleep = () => {}
  return {
    wake() {
      pending = true
      endSleep()
    },
    /** Drops a wake-up, for the loop is about to check everything anyway. */
    clear() {
      pending = false
    },
    /** Sleeps until woken, at most `msMax`; returns whether it was woken. */
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
