import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { type Cluster, run, until } from './namespace.ts'
import { openS3 } from './outside.ts'
import { full, helm, install, release, type Values } from './release.ts'
import { signIn } from './school.ts'

/**
 * Volumes for a cluster that provides none of its own: local ones in VOLUMES, a folder of the only node. Answers the values that
 * use them, or those of a cluster with a storage class.
 */
export async function volumes({ namespace, apply }: Cluster): Promise<Values> {
  const folder = process.env.VOLUMES
  const kept = { postgresql: { persistence: { enabled: true, size: '1Gi' } }, backup: { size: '1Gi' } }
  if (!folder) return kept
  const node = (await run('kubectl', ['get', 'nodes', '--output', 'jsonpath={.items[0].metadata.name}'])).trim()
  for (const claim of [`data-${release}-postgresql-0`, `${full}-backup`]) {
    const path = join(folder, namespace, claim)
    mkdirSync(path, { recursive: true })
    await apply({
      apiVersion: 'v1',
      kind: 'PersistentVolume',
      metadata: { name: `${namespace}-${claim}` },
      spec: {
        capacity: { storage: '1Gi' },
        accessModes: ['ReadWriteOnce'],
        persistentVolumeReclaimPolicy: 'Delete',
        local: { path },
        claimRef: { namespace, name: claim },
        nodeAffinity: {
          required: { nodeSelectorTerms: [{ matchExpressions: [{ key: 'kubernetes.io/hostname', operator: 'In', values: [node] }] }] },
        },
      },
    })
  }
  return kept
}

/** A dump, everything gone, the dump back, and people sign in again: docs/backup.md, step by step. */
export async function restored(cluster: Cluster, url: string, values: Values): Promise<string> {
  const { kubectl } = cluster
  await kubectl('delete', 'job', 'drill', '--ignore-not-found')
  await kubectl('create', 'job', 'drill', `--from=cronjob/${full}-backup`)
  await kubectl('wait', 'job/drill', '--for=condition=complete', '--timeout=120s')
  const dump = /repitbot-\w+\.dump/.exec(await kubectl('logs', 'job/drill'))?.[0] ?? ''
  const before = await counted(cluster)
  await kubectl(
    'exec',
    `${release}-postgresql-0`,
    '--',
    'psql',
    '-U',
    'postgres',
    '-c',
    'drop database repitbot with (force)',
    '-c',
    'create database repitbot owner repitbot',
  )
  const refused = await signIn(url).then(
    () => false,
    () => true,
  )
  if (!refused) throw new Error('Somebody could sign in without a database')
  const begun = performance.now()
  await install(cluster, { ...values, backup: { ...(values.backup as Values), restoreFrom: dump } }, false)
  await until('the dump was not restored', 180_000, async () =>
    (await cluster.list<{ status: { succeeded?: number } }>('jobs', 'app.kubernetes.io/component=restore')).some(
      ({ status }) => status.succeeded === 1,
    ),
  )
  await until('nobody can sign in again', 120_000, async () => !!(await signIn(url)))
  const after = await counted(cluster)
  if (after !== before) throw new Error(`Before it were ${before} rows, and after it are ${after}`)
  await install(cluster, values)
  return `back after ${((performance.now() - begun) / 1000).toFixed(0)} s, ${after} rows of ${dump}`
}

/** The same with the dump in an S3 store; afterwards dumps go to their volume again. */
export async function restoredFromS3(cluster: Cluster, url: string, values: Values, host: string): Promise<string> {
  const s3 = await openS3(cluster, host)
  try {
    const withS3: Values = { ...values, backup: { ...(values.backup as Values), ...s3.values } }
    await install(cluster, withS3)
    return await restored(cluster, url, withS3)
  } finally {
    try {
      await install(cluster, values)
    } finally {
      await s3.close()
    }
  }
}

/** The rows that a drill must bring back, all of them in one figure. */
async function counted({ kubectl }: Cluster): Promise<string> {
  const tables = [
    '"user".person',
    '"user".membership',
    'lesson.lesson',
    'student.xp_ledger',
    'notification.notice',
    'notification_jobs._private_jobs',
  ]
  const sum = tables.map((table) => `(select count(*) from ${table})`).join(' + ')
  const output = await kubectl('exec', `${release}-postgresql-0`, '--', 'psql', '-U', 'postgres', '-d', 'repitbot', '-Atc', `select ${sum}`)
  return output.trim()
}

/** What is left after an uninstall, and that it is enough to go on with. */
export async function installedAgain(cluster: Cluster, values: Values, url: () => Promise<string>): Promise<string> {
  await helm(cluster, 'uninstall', release, '--wait')
  await until('pods are left', 120_000, async () => (await cluster.list('pods')).length === 0)
  const left = await leftIn(cluster)
  const meant = [
    ...['platform', 'database'].map((name) => `secrets/${full}-${name}`),
    `secrets/${release}-stores`,
    // Not of the release: the run's own.
    'secrets/tester',
    'repitbot.repitbot.io/school',
    `persistentvolumeclaims/${full}-backup`,
    `persistentvolumeclaims/data-${release}-postgresql-0`,
  ]
  const others = left.filter((one) => !meant.includes(one))
  if (others.length) throw new Error(`These are left, but NOTES do not name them: ${others.join(', ')}`)
  await install(cluster, values)
  const again = await url()
  await until('nobody can sign in again', 10_000, async () => !!(await signIn(again)))
  return `left: ${left.join(', ')}`
}

/** Everything in the namespace but what Kubernetes itself puts into every one. */
async function leftIn({ kubectl }: Cluster): Promise<string[]> {
  const kinds = (await run('kubectl', ['api-resources', '--verbs=list', '--namespaced', '--output=name'])).trim().split('\n')
  const noise = /^(events|endpoints|endpointslices|pods|replicasets|controllerrevisions)/
  const output = await kubectl(
    'get',
    kinds.filter((kind) => !noise.test(kind) && !kind.includes('metrics.k8s.io')).join(','),
    '--output=name',
    '--ignore-not-found',
  )
  return output
    .trim()
    .split('\n')
    .map((one) => one.replace(/^(secret|persistentvolumeclaim|configmap|serviceaccount)\//, '$1s/'))
    .filter((one) => one && !['configmaps/kube-root-ca.crt', 'serviceaccounts/default'].includes(one))
}
