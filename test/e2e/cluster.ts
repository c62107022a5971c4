import { execFile } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'

const execute = promisify(execFile)

/** Runs kubectl on the cluster that KUBECONFIG names; throws what it says. */
export async function kubectl(args: string[], input?: object | string): Promise<string> {
  const running = execute('kubectl', args, { maxBuffer: 64 * 1024 * 1024 })
  if (input !== undefined) running.child.stdin?.end(typeof input === 'string' ? input : JSON.stringify(input))
  return (await running).stdout
}
/** What kubectl says when it refuses; fails when it does not. */
export async function refusal(args: string[], input: object): Promise<string> {
  const error = await kubectl(args, input).then(
    () => undefined,
    (fault: { stderr: string }) => fault.stderr,
  )
  if (error === undefined) throw new Error('It was not refused')
  return error
}
export const read = async <T>(args: string[]): Promise<T> => JSON.parse(await kubectl([...args, '-o', 'json'])) as T
/** The same; nothing when there is none. */
export const find = <T>(args: string[]): Promise<T | undefined> => read<T>(args).catch(() => undefined)

export const apply = (object: object): Promise<string> => kubectl(['apply', '-f', '-'], object)

/** An account of its own with these rights, as a kubeconfig and as the folder that a pod has. */
export async function account(name: string, namespace: string, rules: object[], isWide = false) {
  const subject = { kind: 'ServiceAccount', name, namespace }
  const [role, binding] = isWide ? ['ClusterRole', 'ClusterRoleBinding'] : ['Role', 'RoleBinding']
  const full = isWide ? `${namespace}-${name}` : name
  const metadata = { name: full, ...(!isWide && { namespace }) }
  const rbac = 'rbac.authorization.k8s.io'
  await apply({ apiVersion: 'v1', kind: 'ServiceAccount', metadata: { name, namespace } })
  await apply({ apiVersion: `${rbac}/v1`, kind: role, metadata, rules })
  await apply({
    apiVersion: `${rbac}/v1`,
    kind: binding,
    metadata,
    roleRef: { apiGroup: rbac, kind: role, name: full },
    subjects: [subject],
  })
  const token = (await kubectl(['create', 'token', name, '-n', namespace, '--duration=2h'])).trim()
  const [cluster] = (await read<{ clusters: { cluster: Record<string, string> }[] }>(['config', 'view', '--raw', '--minify'])).clusters
  const folder = mkdtempSync(join(tmpdir(), 'repitbot-account-'))
  const ca = Buffer.from(cluster?.cluster['certificate-authority-data'] ?? '', 'base64').toString()
  const files = { 'ca.crt': ca, token, namespace, kubeconfig: JSON.stringify(kubeconfig(cluster?.cluster ?? {}, token)) }
  for (const [file, text] of Object.entries(files)) writeFileSync(join(folder, file), text)
  return {
    folder,
    kubeconfig: join(folder, 'kubeconfig'),
    server: new URL(cluster?.cluster.server ?? ''),
    async remove() {
      rmSync(folder, { recursive: true, force: true })
      if (isWide) await kubectl(['delete', `${role},${binding}`, full, '--ignore-not-found'])
    },
  }
}

const kubeconfig = (cluster: Record<string, string>, token: string) => ({
  apiVersion: 'v1',
  kind: 'Config',
  clusters: [{ name: 'cluster', cluster }],
  users: [{ name: 'account', user: { token } }],
  contexts: [{ name: 'it', context: { cluster: 'cluster', user: 'account' } }],
  'current-context': 'it',
})
