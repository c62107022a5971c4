import { cpSync, existsSync, mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { root } from '../sources.ts'
import { type Cluster, run, until } from './namespace.ts'

export const release = 'rb'
export const full = `${release}-repitbot`
export type Values = Record<string, unknown>

/** An image as the chart takes it. */
export function imageOf(reference: string): Values {
  const at = reference.lastIndexOf(':')
  const isTag = at > reference.lastIndexOf('/')
  return { repository: isTag ? reference.slice(0, at) : reference, tag: isTag ? reference.slice(at + 1) : 'latest' }
}

/** Small enough for a laptop; the gateway is reached through a port of the node. */
export const small = (image: string): Values => ({
  image: imageOf(image),
  defaults: {
    autoscaling: { enabled: false },
    resources: {
      requests: { cpu: '20m', memory: '64Mi', 'ephemeral-storage': '16Mi' },
      limits: { memory: '320Mi', 'ephemeral-storage': '128Mi' },
    },
  },
  services: { operator: { replicas: 1 } },
  gatewayService: { type: 'NodePort' },
  postgresql: { resources: { requests: { cpu: '20m', memory: '128Mi' } } },
  rabbitmq: { resources: { requests: { cpu: '20m', memory: '128Mi' } } },
  valkey: { resources: { requests: { cpu: '20m', memory: '32Mi' } } },
})

let made: string | undefined
/** A copy of the chart with the store charts in it: those of CHARTS, a folder that holds them, or else of their registry. */
async function chart(): Promise<string> {
  if (made) return made
  const folder = mkdtempSync(join(tmpdir(), 'repitbot-chart-'))
  cpSync(join(root, 'charts/repitbot'), folder, { recursive: true })
  if (process.env.CHARTS) cpSync(process.env.CHARTS, join(folder, 'charts'), { recursive: true })
  else if (!existsSync(join(folder, 'charts'))) await run('helm', ['dependency', 'build', folder])
  made = folder
  return folder
}

/** Installs or upgrades, with VALUES (a file, such as one with the images of the stores) beneath the step's own values, and waits until all is ready. */
export async function install({ namespace }: Cluster, values: Values, wait = true): Promise<void> {
  const folder = await chart()
  const file = join(folder, '..', `${namespace}-values.json`)
  writeFileSync(file, JSON.stringify(values))
  const given = [...(process.env.VALUES ? ['--values', process.env.VALUES] : []), '--values', file]
  const waiting = wait ? ['--wait', '--timeout', '10m'] : []
  await run('helm', ['upgrade', release, folder, '--install', '--namespace', namespace, ...given, ...waiting])
}

export const helm = ({ namespace }: Cluster, ...args: string[]): Promise<string> => run('helm', ['--namespace', namespace, ...args])

/** Where the gateway answers: its port on NODE, an address of a node, or else on the node's own address. */
export async function origin(cluster: Cluster): Promise<string> {
  const port = (await cluster.kubectl('get', 'service', `${full}-gateway`, '--output', 'jsonpath={.spec.ports[0].nodePort}')).trim()
  const own = '{.items[0].status.addresses[?(@.type=="InternalIP")].address}'
  const node = process.env.NODE ?? (await run('kubectl', ['get', 'nodes', '--output', `jsonpath=${own}`])).trim()
  const url = `http://${node}:${port}`
  await until(`${url} never answered`, 60_000, async () => (await fetch(`${url}/health/ready`, { signal: AbortSignal.timeout(2_000) })).ok)
  return url
}
