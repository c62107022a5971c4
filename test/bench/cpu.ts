import { readFileSync } from 'node:fs'
import type { Fleet } from '../fleet/services.ts'

const tickMs = 10

/** CPU time used so far by each part of the platform, in ms; this process counts as the lesson service, which runs in it. */
export function cpuOf({ stores, pids }: Fleet): Record<string, number> {
  const processes = pids()
  return {
    lesson: spent([process.pid]),
    student: spent([processes.student ?? 0]),
    notification: spent([processes.notification ?? 0]),
    postgres: spent(stores.pids('postgres')),
    rabbitmq: spent(stores.pids('rabbitmq')),
  }
}

/** What each part spent on one of so many, and inParallel: what a busy neighbour cannot change. */
export function perOne(before: Record<string, number>, after: Record<string, number>, count: number): string {
  const parts = Object.keys(after).map((name) => ({ name, ms: ((after[name] ?? 0) - (before[name] ?? 0)) / count }))
  const sum = parts.reduce((total, { ms }) => total + ms, 0)
  return `${sum.toFixed(2)} ms of CPU each (${parts.map(({ name, ms }) => `${name} ${ms.toFixed(2)}`).join(', ')})`
}

/** CPU time used so far by these processes, in ms. */
export function spent(pids: number[]): number {
  return pids.reduce((sum, pid) => {
    try {
      // After the name in brackets: state is the first field, utime and stime are the 12th and 13th, then those of ended children.
      const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? []
      return sum + fields.slice(11, 15).reduce((ticks, field) => ticks + Number(field), 0) * tickMs
    } catch {
      return sum
    }
  }, 0)
}
