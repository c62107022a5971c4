import { type ChildProcess, spawn } from 'node:child_process'
import { createWriteStream, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { root } from '../sources.ts'

/** The output of a command; where it fails, an error with its own message. */
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
export async function openNamespace(namespace: string): Promise<Cluster & { close(): void; remove(): Promise<void> }> {
  const labels = { 'pod-security.kubernetes.io/enforce': 'restricted' }
  const kubectl = (...args: string[]) => run('kubectl', ['--namespace', namespace, ...args])
  const apply = (...objects: object[]) =>
    run(
      'kubectl',
      ['--namespace', namespace, 'apply', '--filename', '-'],
      JSON.stringify({ apiVersion: 'v1', kind: 'List', items: objects }),
    )
  await apply({ apiVersion: 'v1', kind: 'Namespace', metadata: { name: namespace, labels } })
  const letGo = keepLogs(namespace, kubectl)
  return {
    namespace,
    kubectl,
    apply,
    async list<T>(kind: string, selector?: string) {
      const output = await kubectl('get', kind, '--output', 'json', ...(selector ? ['--selector', selector] : []))
      return (JSON.parse(output) as { items: T[] }).items
    },
    close: letGo,
    remove: async () => void (await run('kubectl', ['delete', 'namespace', namespace, '--wait=true', '--timeout=180s'])),
  }
}

/** Saves the logs of every pod in .scratch/<namespace>, since a deleted pod loses its log. */
function keepLogs(namespace: string, kubectl: Cluster['kubectl']): () => void {
  const folder = join(root, '.scratch', namespace)
  mkdirSync(folder, { recursive: true })
  const children = new Map<string, ChildProcess>()
  const running = ['get', 'pods', '--field-selector=status.phase=Running', '--output=name']
  const poll = async () => {
    const names = (await kubectl(...running).catch(() => '')).trim().split('\n')
    for (const pod of names.filter((name) => name && !children.has(name))) {
      const child = spawn('kubectl', ['--namespace', namespace, 'logs', '--follow', pod], { stdio: ['ignore', 'pipe', 'ignore'] })
      child.stdout?.pipe(createWriteStream(join(folder, `${pod.slice('pod/'.length)}.log`)))
      children.set(pod, child)
    }
  }
  const timer = setInterval(() => void poll(), 2_000)
  return () => {
    clearInterval(timer)
    for (const child of children.values()) child.kill()
  }
}

export async function until(otherwise: string, msMax: number, isSo: () => Promise<boolean>, everyMs = 250): Promise<void> {
  for (const begun = Date.now(); !(await isSo().catch(() => false)); await sleep(everyMs))
    if (Date.now() - begun > msMax) throw new Error(`${otherwise} within ${msMax / 1000} s`)
}
