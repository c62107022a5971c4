import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { generateKeyPairSync, randomUUIDv7 } from 'node:crypto'
import { once } from 'node:events'
import { mkdirSync, openSync } from 'node:fs'
import { createServer } from 'node:http'
import { connect, type Socket } from 'node:net'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { tokenAudience, tokenIssuer } from '@repitbot/kit/auth'
import { SignJWT } from 'jose'
import { nodeFlags } from '../fleet/flags.ts'
import type { OwnStores } from '../fleet/own-stores.ts'
import { median, print, report } from '../fleet/results.ts'
import { root } from '../sources.ts'
import { freePorts } from '../stores/process.ts'
import { spent } from './cpu.ts'

const connections = 64
const rounds = 5
const roundMs = 4_000
/** Enough answers for V8 to compile the hot code. */
const warmAnswers = 20_000
const warmMsMax = 30_000
const goal = 0.6
const path = '/api/v1/lessons?from=2026-09-01T00:00:00Z&until=2026-10-01T00:00:00Z'

type Measured = { perSecond: number; cpuUs: number }

/** P1: the gateway with everything enabled, compared with a minimal proxy in the same run; each on one core, the service and the load on another. */
export async function benchGateway({ ports }: OwnStores): Promise<void> {
  const [gatewayPort = 0, pipePort = 0, servicePort = 0, userPort = 0] = await freePorts(4)
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const jwks = JSON.stringify({ keys: [{ ...publicKey.export({ format: 'jwk' }), kid: 'bench' }] })
  const user = createServer((request, response) => response.end(request.url?.startsWith('/.well-known') ? jwks : '{"sessionIds":[]}'))
  await new Promise<void>((resolve) => user.listen(userPort, '127.0.0.1', resolve))
  const tokens = await Promise.all(Array.from({ length: connections }, () => makeToken(privateKey)))
  const logs = join(root, '.scratch')
  mkdirSync(logs, { recursive: true })
  const start = (file: string, core: 0 | 1, env: Record<string, string>) =>
    spawn('taskset', ['-c', `${core}`, process.execPath, ...nodeFlags, file], {
      cwd: root,
      env: { PATH: process.env.PATH, ...env },
      stdio: ['ignore', openSync(join(logs, 'bench-gateway.log'), 'w'), 'inherit'],
    })
  const service = `http://127.0.0.1:${servicePort}`
  const children = [
    start('test/bench/answerer.ts', 1, { PORT: `${servicePort}` }),
    start('test/bench/pipe.ts', 0, { PORT: `${pipePort}`, TO: service }),
    start('gateway/src/main.ts', 0, {
      ...{
        PORT: `${gatewayPort}`,
        HOST: '127.0.0.1',
        ENVIRONMENT: 'test',
        LOG_LEVEL: 'info',
        SERVICE_SECRET: 'a-service-secret-of-the-bench',
      },
      ...{ REDIS_PORT: `${ports.redis}`, RATE_LIMIT_PER_MINUTE: '100000', CORS_ORIGINS: 'https://school.example' },
      ...{ UPSTREAM_USER: `http://127.0.0.1:${userPort}`, UPSTREAM_LESSON: `${service},${service.replace('127.0.0.1', 'localhost')}` },
    }),
  ] as const
  const end = () => {
    for (const child of children) child.kill('SIGKILL')
  }
  process.once('exit', end)
  // The load runs on the service's core, apart from the measured process.
  execFileSync('taskset', ['-acp', '1', `${process.pid}`])
  const [, pipe, gateway] = children
  const figures: { gateway: Measured; pipe: Measured }[] = []
  for (const port of [pipePort, gatewayPort]) await waitUntilReady(port)
  for (const [port, child] of [
    [gatewayPort, gateway],
    [pipePort, pipe],
  ] as const)
    for (let ms = 0, answers = 0; ms < warmMsMax && answers < warmAnswers; ms += roundMs)
      answers += ((await load(port, child, tokens, roundMs)).perSecond * roundMs) / 1000
  for (let round = 0; round < rounds; round++) {
    const first = await load(gatewayPort, gateway, tokens, roundMs)
    figures.push({ gateway: first, pipe: await load(pipePort, pipe, tokens, roundMs) })
    print(`        round ${round + 1}: gateway ${textOf(first)}, bare pipe ${textOf(figures.at(-1)?.pipe)}`)
  }
  execFileSync('taskset', ['-acp', '0,1', `${process.pid}`])
  process.off('exit', end)
  end()
  user.closeAllConnections()
  user.close()
  const ratio = median(figures.map((one) => one.gateway.perSecond / one.pipe.perSecond))
  const [own, bare] = [median(figures.map((one) => one.gateway.cpuUs)), median(figures.map((one) => one.pipe.cpuUs))]
  report({
    name: `P1 gateway with everything on against the bare pipe, Node ${process.versions.node.split('.')[0]}`,
    figure: `${ratio.toFixed(2)} R (medians of ${rounds} rounds: ${textOf({ perSecond: median(figures.map((one) => one.gateway.perSecond)), cpuUs: own })} against ${textOf({ perSecond: median(figures.map((one) => one.pipe.perSecond)), cpuUs: bare })}; ${(bare / own).toFixed(2)} by CPU)`,
    goal: `>= ${goal} R`,
    met: ratio >= goal,
  })
}

const textOf = (one: Measured | undefined) =>
  `${Math.round(one?.perSecond ?? 0).toLocaleString('en')}/s at ${Math.round(one?.cpuUs ?? 0)} us of CPU`

const makeToken = (key: Parameters<SignJWT['sign']>[0]) =>
  new SignJWT({ school: randomUUIDv7(), role: 'tutor', sid: randomUUIDv7(), typ: 'access' })
    .setProtectedHeader({ alg: 'ES256', kid: 'bench' })
    .setSubject(randomUUIDv7())
    .setIssuer(tokenIssuer)
    .setAudience(tokenAudience)
    .setExpirationTime('10m')
    .sign(key)

async function waitUntilReady(port: number): Promise<void> {
  for (let tries = 0; tries < 200; tries++) {
    if (
      await fetch(`http://127.0.0.1:${port}/health/ready`)
        .then(({ ok }) => ok)
        .catch(() => false)
    )
      return
    await sleep(50)
  }
  throw new Error(`nothing answers on port ${port}`)
}

/** Each connection sends its next request as soon as it has the answer. The end of an answer is recognised by the last byte of its body. */
async function load(port: number, child: ChildProcess, tokens: string[], ms: number): Promise<Measured> {
  let answered = 0
  let refused = ''
  let running = true
  const sockets: Socket[] = []
  for (const token of tokens) {
    const request = [
      `GET ${path} HTTP/1.1`,
      `host: 127.0.0.1:${port}`,
      `authorization: Bearer ${token}`,
      'origin: https://school.example',
      ...['accept: application/json', 'accept-language: ru,en;q=0.8', 'user-agent: Mozilla/5.0 (X11; Linux x86_64)', '\r\n'],
    ].join('\r\n')
    const socket = connect({ port, host: '127.0.0.1', noDelay: true }, () => socket.write(request))
    let isFirst = true
    socket.on('data', (chunk) => {
      if (isFirst && !chunk.toString('latin1', 0, 12).endsWith('200')) refused ||= chunk.toString()
      isFirst = chunk.at(-1) === 0x5d
      if (!isFirst) return
      answered++
      if (running) socket.write(request)
    })
    socket.on('error', () => {})
    sockets.push(socket)
  }
  await sleep(300)
  const [before, cpuBefore, begun] = [answered, spent([child.pid ?? 0]), performance.now()]
  await sleep(ms)
  const [count, cpu, seconds] = [answered - before, spent([child.pid ?? 0]) - cpuBefore, (performance.now() - begun) / 1000]
  running = false
  await sleep(50)
  for (const socket of sockets) socket.destroy()
  if (refused) throw new Error(`Not every answer was a success:\n${refused.slice(0, 500)}`)
  if (child.exitCode !== null) await once(child, 'exit')
  return { perSecond: count / seconds, cpuUs: (cpu * 1000) / count }
}
