import type { Log } from '@repitbot/kit/log'
import type { OperatorConfig } from './config.ts'
import { openHttp } from './http.ts'
import type { Api } from './kernel/api.ts'
import { openElection } from './kernel/election.ts'
import { openEvents } from './kernel/events.ts'
import { openQueue } from './kernel/queue.ts'
import { type Kept, openReflector, type Reflecting, type Reflector } from './kernel/reflector.ts'
import { openOperatorMetrics } from './metrics.ts'
import { keepPod, openPodReader, type Pod } from './pods.ts'
import { openReconciler, openUnseen } from './reconcile.ts'
import { apiVersion, type ConfigMap, plural, type RepitBot } from './resource.ts'

export type OperatorDeps = {
  api: Api
  config: OperatorConfig
  log: Log
  now: () => Date
  /** Shorter waits, for tests. */
  stream?: Pick<Reflecting<Kept>, 'silentMsMax' | 'retry' | 'relistMs'>
  election?: { leaseSeconds?: number; everyMs?: number }
}
export type Operator = { url: string; isLeader(): boolean; isSynced(): boolean; close(): Promise<void> }

const workers = 8
/** A stream says something every minute, or is begun again after a minute and a half; this long without either, and it never will. */
const silentMsMax = 240_000

/** Opens the operator: watches and listens at once, writes once it has seen everything and leads. */
export async function openOperator({ api, config, log, now, stream, election: timing }: OperatorDeps): Promise<Operator> {
  const home = config.POD_NAMESPACE
  const scope = config.WATCH_NAMESPACE || home
  const metrics = openOperatorMetrics(api)
  const events = openEvents(api, config.POD_NAME, log)
  const podReader = openPodReader()
  const unseen = openUnseen()
  const paths = pathsOf(scope, config)

  const reflect = <T extends Kept>(name: string, path: string, keep: (object: T) => T, onChange: (object: T) => void): Reflector<T> =>
    openReflector<T>({ name, api, path, keep, onChange, log, ...stream })
  const add = ({ metadata }: Kept) => queue.add(metadata.namespace)
  const resources = reflect<RepitBot>('repitbots', paths.resources, withoutManagedFields, add)
  const configMaps = reflect<ConfigMap>('configmaps', paths.configMaps, withoutManagedFields, (configMap) => {
    unseen.saw(configMap)
    add(configMap)
  })
  const pods = reflect<Pod>('pods', paths.pods, keepPod, add)
  const reflectors = [resources, configMaps, pods]

  const work = openReconciler({
    api,
    names: { configMap: config.SETTINGS_CONFIGMAP, home, helmRelease: config.HELM_RELEASE },
    observe: (namespace) => ({
      namespace,
      resources: resources.in(namespace),
      configMap: configMaps.in(namespace)[0],
      pods: pods.in(namespace),
    }),
    countPods: podReader.count,
    events,
    mayWrite: () => election.isLeader(),
    now,
    unseen,
  })
  const queue = openQueue({ work, workers, log, metrics: metrics.queue })
  const isSynced = () => reflectors.every((one) => one.isSynced())
  const goOn = () => queue.run(election.isLeader() && isSynced())
  const election = openElection({
    api,
    namespace: home,
    lease: config.LEASE_NAME,
    identity: config.POD_NAME,
    onChange: goOn,
    log,
    ...timing,
  })
  metrics.watch(() => ({ depth: queue.depth(), active: queue.active(), isLeader: election.isLeader() }))
  // Here the ConfigMap is kept also when nothing is there that would call for a turn.
  queue.add(home)
  const syncing = setInterval(() => {
    if (!isSynced()) return
    clearInterval(syncing)
    goOn()
  }, 20)
  const isAlive = () => reflectors.every((one) => Date.now() - one.aliveAt() < silentMsMax)
  const http = await openHttp({ isReady: isSynced, isAlive, metrics: metrics.process }, config.PORT, config.HOST)

  return {
    url: http.url,
    isLeader: election.isLeader,
    isSynced,
    async close() {
      clearInterval(syncing)
      await queue.close()
      await election.close().catch((error: unknown) => log.warn({ error: String(error) }, 'The lease was not let go and will run out'))
      for (const one of reflectors) one.close()
      await events.close()
      await Promise.all([http.close(), podReader.close()])
      await api.close()
    },
  }
}

/** The collections that are watched: in one namespace, or in all. */
function pathsOf(scope: string, { SETTINGS_CONFIGMAP, POD_SELECTOR }: OperatorConfig) {
  const inside = scope === '*' ? '' : `/namespaces/${scope}`
  return {
    resources: `/apis/${apiVersion}${inside}/${plural}`,
    configMaps: `/api/v1${inside}/configmaps?fieldSelector=${encodeURIComponent(`metadata.name=${SETTINGS_CONFIGMAP}`)}`,
    pods: `/api/v1${inside}/pods?labelSelector=${encodeURIComponent(POD_SELECTOR)}`,
  }
}

/** They tell who owns which field, and are most of an object's size. */
function withoutManagedFields<T extends Kept>(object: T): T {
  const { managedFields: _, ...metadata } = object.metadata as T['metadata'] & { managedFields?: unknown }
  return { ...object, metadata }
}
