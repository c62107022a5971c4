import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { generateKeyPairSync, type KeyObject } from 'node:crypto'
import { mkdirSync, openSync, readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { freePorts } from '../../start/processes.ts'
import { nodeFlags } from '../fleet/flags.ts'
import type { OwnStores } from '../fleet/own-stores.ts'
import { median, print, report } from '../fleet/results.ts'
import { root } from '../sources.ts'
import { load, type Measured, makeToken, origin } from './gateway-load.ts'
import { showFeatures } from './gateway-shown.ts'

const connections = 64
const rounds = 10
/** The last ones: a process under load changes for a while, because V8 compiles and the heap grows. */
const counted = 5
const roundMs = 4_000
/** How long each is under load before the rounds. */
const soakMs = Number(process.env.SOAK_MINUTES ?? 10) * 60_000
const warmMs = 10_000
const goals = { pipe: 0.6, fastify: 1.6, hpm: 1.5, outlivesKb: 0.5 }
/** The highest that the gateway takes: so many a minute for each of the tokens. */
const limitMax = 100_000
const secret = 'a-service-secret-of-the-bench'

/** How one of the compared is started. `full` has everything that the gateway has by its own means, and must show it before it is measured. */
type Candidate = { name: string; full: boolean; file: string; env(limit: number): Record<string, string> }
type Running = Candidate & { port: number; child: ChildProcess; log: string; measured: Measured[] }

/** P1: the gateway with everything enabled beside a minimal proxy and its peers in the same run; each on one core, the service, Redis and the load on another. */
export async function benchGateway(stores: OwnStores): Promise<void> {
  const [servicePort = 0, userPort = 0] = await freePorts(2)
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const jwk = { ...publicKey.export({ format: 'jwk' }), kid: 'bench' }
  const user = createServer((request, response) =>
    response.end(request.url?.startsWith('/.well-known') ? JSON.stringify({ keys: [jwk] }) : '{"sessionIds":[]}'),
  )
  await new Promise<void>((resolve) => user.listen(userPort, '127.0.0.1', resolve))
  const children: ChildProcess[] = []
  const end = () => {
    for (const child of children) child.kill('SIGKILL')
  }
  process.once('exit', end)
  const run = (file: string, core: 0 | 1, env: Record<string, string>, log: string) => {
    const flags = [...nodeFlags, '--trace-gc', '--trace-gc-nvp']
    const child = spawn('taskset', ['-c', `${core}`, process.execPath, ...flags, file], {
      cwd: root,
      env: { PATH: process.env.PATH, NODE_ENV: 'production', ...env },
      stdio: ['ignore', openSync(log, 'w'), 'inherit'],
    })
    children.push(child)
    return child
  }
  const logs = join(root, '.scratch')
  mkdirSync(logs, { recursive: true })
  const service = `http://127.0.0.1:${servicePort}`
  run('test/bench/answerer.ts', 1, { PORT: `${servicePort}` }, '/dev/null')
  // The load and Redis run on the service's core, apart from the measured process.
  for (const pid of [process.pid, ...stores.pids('redis')]) execFileSync('taskset', ['-acp', '1', `${pid}`])
  const peerEnv = (limit: number) => ({
    ...{ TO: service, REDIS_PORT: `${stores.ports.redis}`, JWK: JSON.stringify(jwk), LIMIT: `${limit}`, ORIGIN: origin },
  })
  const start = async (one: Candidate, limit: number): Promise<Running> => {
    const [port = 0] = await freePorts(1)
    const log = join(logs, `bench-${one.name.replaceAll(/\W+/g, '-')}.log`)
    const child = run(one.file, 0, { PORT: `${port}`, ...one.env(limit) }, log)
    await waitUntilReady(port)
    return { ...one, port, child, log, measured: [] }
  }
  const candidates: Candidate[] = [
    { name: 'bare pipe', full: false, file: 'test/bench/pipe.ts', env: peerEnv },
    {
      name: 'gateway',
      full: true,
      file: 'gateway/src/main.ts',
      env: (limit) => ({
        ...{ HOST: '127.0.0.1', ENVIRONMENT: 'test', LOG_LEVEL: 'info', SERVICE_SECRET: secret },
        ...{ REDIS_PORT: `${stores.ports.redis}`, RATE_LIMIT_PER_MINUTE: `${limit}`, CORS_ORIGINS: origin },
        ...{ UPSTREAM_USER: `http://127.0.0.1:${userPort}`, UPSTREAM_LESSON: `${service},${service.replace('127.0.0.1', 'localhost')}` },
      }),
    },
    { name: '@fastify/http-proxy', full: true, file: 'test/bench/peers/fastify.ts', env: peerEnv },
    { name: 'http-proxy-middleware', full: false, file: 'test/bench/peers/http-proxy-middleware.ts', env: peerEnv },
  ]
  for (const one of candidates) {
    const shown = await start(one, 5)
    await showFeatures(shown, privateKey)
    shown.child.kill('SIGKILL')
  }
  const all: Running[] = []
  for (const one of candidates) all.push(await start(one, limitMax))
  await measure(all, privateKey)
  process.off('exit', end)
  end()
  for (const pid of [process.pid, ...stores.pids('redis')]) execFileSync('taskset', ['-acp', '0,1', `${pid}`])
  user.closeAllConnections()
  user.close()
  reportAll(all)
}

async function measure(all: Running[], privateKey: KeyObject): Promise<void> {
  const tokens = await Promise.all(Array.from({ length: connections }, () => makeToken(privateKey)))
  for (const one of all) {
    const ms = one.name === 'gateway' ? soakMs : 0
    for (let done = 0; done < Math.max(ms, warmMs); done += roundMs) await load(one.port, one.child, tokens, roundMs)
  }
  for (let round = 1; round <= rounds; round++) {
    for (const one of all) one.measured.push(await load(one.port, one.child, tokens, roundMs))
    print(`        round ${round}: ${all.map(({ name, measured }) => `${name} ${textOf(measured.at(-1))}`).join(', ')}`)
  }
}

function reportAll(all: Running[]): void {
  const [pipe, gateway, fastify, hpm] = all as [Running, Running, Running, Running]
  const soaked = `after ${soakMs / 60_000} min of load, medians of the last ${counted} of ${rounds} rounds`
  const against = (other: Running) => {
    const pairs = gateway.measured.map((own, n) => ({ own, other: other.measured[n] as Measured })).slice(-counted)
    return {
      cpu: median(pairs.map((pair) => pair.other.cpuUs / pair.own.cpuUs)),
      rate: median(pairs.map((pair) => pair.own.perSecond / pair.other.perSecond)),
      text: `${textOf(middle(gateway))} against ${textOf(middle(other))}`,
    }
  }
  const node = `Node ${process.versions.node.split('.')[0]}`
  for (const [name, other, goal] of [
    [`P1 gateway with everything on against the bare pipe R, by CPU, ${node}`, pipe, goals.pipe],
    ['P1 gateway against @fastify/http-proxy with the same features, by CPU', fastify, goals.fastify],
    ['P1 gateway against bare http-proxy-middleware, by CPU', hpm, goals.hpm],
  ] as const) {
    const { cpu, rate, text } = against(other)
    report({
      name,
      figure: `${cpu.toFixed(2)} x (${rate.toFixed(2)} x by rate; ${text}; ${soaked})`,
      goal: `>= ${goal} x`,
      met: cpu >= goal,
    })
  }
  const kb = outlivesKb(gateway)
  report({
    name: 'P1 what of a request outlives it',
    figure: `${kb.toFixed(2)} KB (moved into the old space, of all collections of young objects)`,
    goal: `<= ${goals.outlivesKb} KB`,
    met: kb <= goals.outlivesKb,
  })
}

const middle = ({ measured }: Running): Measured => {
  const last = measured.slice(-counted)
  return { perSecond: median(last.map((one) => one.perSecond)), cpuUs: median(last.map((one) => one.cpuUs)) }
}
const textOf = (one: Measured | undefined) =>
  `${Math.round(one?.perSecond ?? 0).toLocaleString('en')}/s at ${(one?.cpuUs ?? 0).toFixed(1)} us`

/** By V8's own lines among those of the access log; each of these is one request. */
function outlivesKb({ log }: Running): number {
  let promoted = 0
  let answered = 0
  for (const line of readFileSync(log, 'latin1').split('\n')) {
    const at = line.indexOf('GC: {')
    if (at < 0) answered += line.includes('"answered"') ? 1 : 0
    else if (line.includes('"gc":"s"')) promoted += Number(/"promoted":(\d+)/.exec(line)?.[1])
  }
  return promoted / answered / 1024
}

async function waitUntilReady(port: number): Promise<void> {
  for (let tries = 0; tries < 200; tries++) {
    const isReady = await fetch(`http://127.0.0.1:${port}/health/ready`).then(
      ({ ok }) => ok,
      () => false,
    )
    if (isReady) return
    await sleep(50)
  }
  throw new Error(`nothing answers on port ${port}`)
}
