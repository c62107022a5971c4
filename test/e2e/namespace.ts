import { type ChildProcess, spawn } from 'node:child_process'
import { setTimeout as sleep } from 'node:timers/promises'

/** What a command said; a failure of the command is an error with its own words. */
export function run(command: string, args: string[], input?: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const child: ChildProcess = spawn(command, args, { stdio: ['pipe', 'pipe', 'pipe'] })
    let [out, err] = ['', '']
    child.stdout?.on('data', (chunk: Buffer) => (out += chunk))
    child.stderr?.on('data', (chunk: Buffer) => (err += chunk))
    child.once('error', reject)
    child.once('close', (code) => (code === 0 ? resolve(out) : reject(new Error(`${command} ${args.join(' ')}\n${err || out}`))))
    child.stdin?.end(input)
  })
}

export type Cluster = {
  namespace: string
  kubectl(...args: string[]): Promise<string>
  apply(...objects: object[]): Promise<string>
  /** What a kind has here, as the API server tells it. */
  list<T = Listed>(kind: string, selector?: string): Promise<T[]>
}
export type Listed = {
  metadata: { name: string; labels?: Record<string, string> }
  spec: Record<string, unknown>
  status: Record<string, unknown>
}

/** A namespace of the run's own, on the cluster that KUBECONFIG names; it enforces Pod Security "restricted". */
export async function openNamespace(namespace: string): Promise<Cluster & { remove(): Promise<void> }> {
  const labels = { 'pod-security.kubernetes.io/enforce': 'restricted' }
  const kubectl = (...args: string[]) => run('kubectl', ['--namespace', namespace, ...args])
  const apply = (...objects: object[]) =>
    run(
      'kubectl',
      ['--namespace', namespace, 'apply', '--filename', '-'],
      JSON.stringify({ apiVersion: 'v1', kind: 'List', items: objects }),
    )
  await apply({ apiVersion: 'v1', kind: 'Namespace', metadata: { name: namespace, labels } })
  return {
    namespace,
    kubectl,
    apply,
    async list<T>(kind: string, selector?: string) {
      const said = await kubectl('get', kind, '--output', 'json', ...(selector ? ['--selector', selector] : []))
      return (JSON.parse(said) as { items: T[] }).items
    },
    remove: async () => void (await run('kubectl', ['delete', 'namespace', namespace, '--wait=true', '--timeout=180s'])),
  }
}

export async function until(otherwise: string, msMax: number, isSo: () => Promise<boolean>, everyMs = 250): Promise<void> {
  for (const begun = Date.now(); !(await isSo().catch(() => false)); await sleep(everyMs))
    if (Date.now() - begun > msMax) throw new Error(`${otherwise} within ${msMax / 1000} s`)
}
