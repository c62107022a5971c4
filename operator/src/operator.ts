import type { Log } from '@repitbot/kit/log'
import type { OperatorConfig } from './config.ts'
import { openHttp } from './http.ts'
import type { Api } from './kernel/api.ts'
import { openElection } from './kernel/election.ts'
import { openEvents } from './kernel/events.ts'
import { openQueue } from './kernel/queue.ts'
import { type KubeObject, openReflector, type Reflector, type ReflectorOptions } from './kernel/reflector.ts'
import { openOperatorMetrics } from './metrics.ts'
import { openPodReader, type Pod, toPod } from './pods.ts'
import { openPendingWrites, openReconciler } from './reconcile.ts'
import { apiVersion, type ConfigMap, plural, type RepitBot } from './resource.ts'

export type OperatorDeps = {
  api: Api
  config: OperatorConfig
  log: Log
  now: () => Date
  /** Shorter waits, for tests. */
  stream?: Pick<ReflectorOptions<KubeObject>, 'silentMsMax' | 'retry' | 'relistMs'>
  election?: { leaseSeconds?: number; everyMs?: number }
}
export type Operator = { url: string; isLeader(): boolean; isSynced(): boolean; close(): Promise<void> }

const workers = 8
/** A watch receives something every minute or is started again after 90 s. After this long without either the process counts as hung, and `/livez` fails. */
const silentMsMax = 240_000

/** Opens the operator: it watches and serves probes at once, and writes once its caches are complete and it leads. */
export async function openOperator({ api, config, log, now, stream, election: timing }: OperatorDeps): Promise<Operator> {
  const home = config.POD_NAMESPACE
  const scope = config.WATCH_NAMESPACE || home
  const metrics = openOperatorMetrics(api)
  const events = openEvents(api, config.POD_NAME, log)
  const podReader = openPodReader()
  const pendingWrites = openPendingWrites()
  const paths = pathsOf(scope, config)

  const reflect = <T extends KubeObject>(name: string, path: string, trim: (object: T) => T, onChange: (object: T) => void): Reflector<T> =>
    openReflector<T>({ name, api, path, trim, onChange, log, ...stream })
  const add = ({ metadata }: KubeObject) => queue.add(metadata.namespace)
  const resources = reflect<RepitBot>('repitbots', paths.resources, withoutManagedFields, add)
  const configMaps = reflect<ConfigMap>('configmaps', paths.configMaps, withoutManagedFields, (configMap) => {
    pendingWrites.onWatchEvent(configMap)
    add(configMap)
  })
  const pods = reflect<Pod>('pods', paths.pods, toPod, add)
  const reflectors = [resources, configMaps, pods]

  const reconcile = openReconciler({
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
    pendingWrites,
  })
  const queue = openQueue({ reconcile, workers, log, metrics: metrics.queue })
  const isSynced = () => reflectors.every((one) => one.isSynced())
  const updateQueue = () => queue.run(election.isLeader() && isSynced())
  const election = openElection({
    api,
    namespace: home,
    lease: config.LEASE_NAME,
    identity: config.POD_NAME,
    onChange: updateQueue,
    log,
    ...timing,
  })
  metrics.watch(() => ({ depth: queue.depth(), active: queue.active(), isLeader: election.isLeader() }))
  // Its own namespace is reconciled even when no object there causes a watch event.
  queue.add(home)
  const syncing = setInterval(() => {
    if (!isSynced()) return
    clearInterval(syncing)
    updateQueue()
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
      await election.close().catch((error: unknown) => log.warn({ error: String(error) }, 'The lease was not released and will expire'))
      for (const one of reflectors) one.close()
      await events.close()
      await Promise.all([http.close(), podReader.close()])
      await api.close()
    },
  }
}

/** The paths of the watched collections: in one namespace, or in all. */
function pathsOf(scope: string, { SETTINGS_CONFIGMAP, POD_SELECTOR }: OperatorConfig) {
  const inside = scope === '*' ? '' : `/namespaces/${scope}`
  return {
    resources: `/apis/${apiVersion}${inside}/${plural}`,
    configMaps: `/api/v1${inside}/configmaps?fieldSelector=${encodeURIComponent(`metadata.name=${SETTINGS_CONFIGMAP}`)}`,
    pods: `/api/v1${inside}/pods?labelSelector=${encodeURIComponent(POD_SELECTOR)}`,
  }
}

/** managedFields lists the owner of each field and is most of an object's size. */
function withoutManagedFields<T extends KubeObject>(object: T): T {
  const { managedFields: _, ...metadata } = object.metadata as T['metadata'] & { managedFields?: unknown }
  return { ...object, metadata }
}
