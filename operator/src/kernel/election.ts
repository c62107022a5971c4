import type { Log } from '@repitbot/kit/log'
import type { Api, ApiFault } from './api.ts'
import { pause } from './backoff.ts'

export type ElectionOptions = {
  api: Api
  namespace: string
  lease: string
  /** The name of this pod. */
  identity: string
  onChange: (isLeader: boolean) => void
  log: Log
  /** A leader that has not renewed its lease for this long counts as dead. */
  leaseSeconds?: number
  /** How often the leader renews the lease and the others read it. */
  everyMs?: number
}
export type Election = {
  isLeader(): boolean
  /** Releases the lease, so that another process can lead at once. */
  close(): Promise<void>
}

type Spec = { holderIdentity?: string; leaseDurationSeconds?: number; acquireTime?: string; renewTime?: string; leaseTransitions?: number }
type Lease = { metadata: { name: string; namespace: string; resourceVersion: string }; spec?: Spec }

/**
 * Leader election by a Lease. It does not trust the clocks of other pods: a holder counts as dead when its record has not changed for the
 * duration of the lease by the local clock. A leader that could not renew for two thirds of it stops leading, before another can start.
 */
export function openElection({ api, onChange, log, leaseSeconds = 12, everyMs = 2_000, ...options }: ElectionOptions): Election {
  const path = `/apis/coordination.k8s.io/v1/namespaces/${options.namespace}/leases/${options.lease}`
  const ending = new AbortController()
  const observed = { record: '', at: 0 }
  let isLeader = false
  let renewedAt = 0
  /** The last write of this process, so that a leader renews with one request. After any error the lease is read again. */
  let lastWritten: Lease | undefined

  const setLeader = (leads: boolean) => {
    if (leads === isLeader) return
    isLeader = leads
    log.info({ lease: options.lease, identity: options.identity }, leads ? 'This process leads now' : 'This process no longer leads')
    onChange(leads)
  }
  const write = (lease: Lease, spec: Spec) => api.replace<Lease>(path, { ...kind, metadata: lease.metadata, spec })

  const tryAcquireOrRenew = async () => {
    const cached = lastWritten
    lastWritten = undefined
    const lease =
      cached ??
      (await api.get<Lease>(path).catch((error: ApiFault) => {
        if (error.status !== 404) throw error
        return api.apply<Lease>(path, { ...kind, metadata: { name: options.lease, namespace: options.namespace } })
      }))
    const now = performance.now()
    const { holderIdentity: holder = '', renewTime, leaseTransitions = 0, acquireTime } = lease.spec ?? {}
    const record = `${holder} ${renewTime}`
    if (record !== observed.record) Object.assign(observed, { record, at: now })
    const isOwn = holder === options.identity
    if (!isOwn && holder !== '' && now - observed.at < leaseSeconds * 1000) return setLeader(false)
    const at = microTime()
    const spec = { holderIdentity: options.identity, leaseDurationSeconds: leaseSeconds, renewTime: at }
    lastWritten = await write(lease, {
      ...spec,
      acquireTime: isOwn ? (acquireTime ?? at) : at,
      leaseTransitions: leaseTransitions + (isOwn ? 0 : 1),
    })
    renewedAt = now
    setLeader(true)
  }
  const run = async () => {
    for (let isLogged = false; !ending.signal.aborted; ) {
      await tryAcquireOrRenew().then(
        () => {
          isLogged = false
        },
        (error: ApiFault) => {
          // 409: another process was quicker, which is no error.
          if (error.status !== 409 && !isLogged) log.warn({ error: String(error) }, 'The lease cannot be read or written')
          isLogged = error.status !== 409
        },
      )
      await pause(everyMs * (0.9 + Math.random() / 10), ending.signal)
    }
  }
  const watchdog = setInterval(() => {
    if (isLeader && performance.now() - renewedAt > (leaseSeconds * 2000) / 3) setLeader(false)
  }, 250).unref()
  const running = run()
  return {
    isLeader: () => isLeader,
    async close() {
      ending.abort()
      clearInterval(watchdog)
      await running
      if (!isLeader) return
      setLeader(false)
      const lease = await api.get<Lease>(path)
      if (lease.spec?.holderIdentity === options.identity)
        await write(lease, { ...lease.spec, holderIdentity: '', leaseDurationSeconds: 1 })
    },
  }
}

const kind = { apiVersion: 'coordination.k8s.io/v1', kind: 'Lease' }

/** The API server accepts the times of a Lease only with six fractional digits. */
export const microTime = (at = new Date()): string => at.toISOString().replace('Z', '000Z')
