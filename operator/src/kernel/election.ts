import type { Log } from '@repitbot/kit/log'
import type { Api, ApiFault } from './api.ts'
import { rest } from './backoff.ts'

export type Electing = {
  api: Api
  namespace: string
  lease: string
  /** Who we are: the name of the pod. */
  identity: string
  onChange: (isLeader: boolean) => void
  log: Log
  /** A leader that has not renewed for so long is dead. */
  leaseSeconds?: number
  /** How often the leader renews and the others look. */
  everyMs?: number
}
export type Election = {
  isLeader(): boolean
  /** Lets go, so that another may lead at once. */
  close(): Promise<void>
}

type Spec = { holderIdentity?: string; leaseDurationSeconds?: number; acquireTime?: string; renewTime?: string; leaseTransitions?: number }
type Lease = { metadata: { name: string; namespace: string; resourceVersion: string }; spec?: Spec }

/**
 * Leads while it holds a Lease. Clocks of others are not believed: a holder is dead when its record has not changed for the lease's time by
 * our own clock; and a leader that could not renew for two thirds of it stops leading before another may begin.
 */
export function openElection({ api, onChange, log, leaseSeconds = 12, everyMs = 2_000, ...ours }: Electing): Election {
  const path = `/apis/coordination.k8s.io/v1/namespaces/${ours.namespace}/leases/${ours.lease}`
  const ending = new AbortController()
  const seen = { record: '', at: 0 }
  let isLeader = false
  let renewedAt = 0
  /** Our own last write: a leader renews with one request. Whatever goes wrong, the lease is read again. */
  let held: Lease | undefined

  const lead = (leads: boolean) => {
    if (leads === isLeader) return
    isLeader = leads
    log.info({ lease: ours.lease, identity: ours.identity }, leads ? 'This one leads now' : 'This one leads no more')
    onChange(leads)
  }
  const write = (lease: Lease, spec: Spec) => api.replace<Lease>(path, { ...kind, metadata: lease.metadata, spec })

  const turn = async () => {
    const known = held
    held = undefined
    const lease =
      known ??
      (await api.get<Lease>(path).catch((error: ApiFault) => {
        if (error.status !== 404) throw error
        return api.apply<Lease>(path, { ...kind, metadata: { name: ours.lease, namespace: ours.namespace } })
      }))
    const now = performance.now()
    const { holderIdentity: holder = '', renewTime, leaseTransitions = 0, acquireTime } = lease.spec ?? {}
    const record = `${holder} ${renewTime}`
    if (record !== seen.record) Object.assign(seen, { record, at: now })
    const isOurs = holder === ours.identity
    if (!isOurs && holder !== '' && now - seen.at < leaseSeconds * 1000) return lead(false)
    const at = microTime()
    const spec = { holderIdentity: ours.identity, leaseDurationSeconds: leaseSeconds, renewTime: at }
    held = await write(lease, {
      ...spec,
      acquireTime: isOurs ? (acquireTime ?? at) : at,
      leaseTransitions: leaseTransitions + (isOurs ? 0 : 1),
    })
    renewedAt = now
    lead(true)
  }
  const run = async () => {
    for (let told = false; !ending.signal.aborted; ) {
      await turn().then(
        () => {
          told = false
        },
        (error: ApiFault) => {
          // Another was quicker: nothing is wrong.
          if (error.status !== 409 && !told) log.warn({ error: String(error) }, 'The lease cannot be read or written')
          told = error.status !== 409
        },
      )
      await rest(everyMs * (0.9 + Math.random() / 10), ending.signal)
    }
  }
  const watchdog = setInterval(() => {
    if (isLeader && performance.now() - renewedAt > (leaseSeconds * 2000) / 3) lead(false)
  }, 250).unref()
  const running = run()
  return {
    isLeader: () => isLeader,
    async close() {
      ending.abort()
      clearInterval(watchdog)
      await running
      if (!isLeader) return
      lead(false)
      const lease = await api.get<Lease>(path)
      if (lease.spec?.holderIdentity === ours.identity) await write(lease, { ...lease.spec, holderIdentity: '', leaseDurationSeconds: 1 })
    },
  }
}

const kind = { apiVersion: 'coordination.k8s.io/v1', kind: 'Lease' }

/** The API server takes the times of a Lease with six fractional digits only. */
export const microTime = (at = new Date()): string => at.toISOString().replace('Z', '000Z')
