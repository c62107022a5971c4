import { type ChildProcess, execFileSync, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { globSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { freePorts } from '../../start/processes.ts'
import { nodeFlags } from '../fleet/flags.ts'
import type { OwnStores } from '../fleet/own-stores.ts'
import { median, report } from '../fleet/results.ts'
import { openFleet, services } from '../fleet/services.ts'
import { root } from '../sources.ts'

const rounds = 7
const idleMs = 5_000
const goals = { startMs: 220, rssRatio: 2.1, allMs: 2_000, pssMb: 560, imageMb: 250 }
const bareFile = 'bare.mjs'
const bare = `import { createServer } from 'node:http'
createServer((request, response) => response.end(request.url)).listen(Number(process.env.PORT), '127.0.0.1')
`

/** P6: the parts as the image runs them, bundled and with V8's compile cache. */
export async function benchParts(stores: OwnStores): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'repitbot-parts-'))
  try {
    execFileSync(process.execPath, [join(root, 'start/bundle.ts'), folder], { stdio: 'inherit' })
    writeFileSync(join(folder, bareFile), bare)
    fillCache(folder)
    await benchStarts(folder, stores)
    await benchAll(folder, stores)
    benchSize(folder)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

const cacheOf = (folder: string) => ({ NODE_COMPILE_CACHE: join(folder, '.compiled') })

/** Starts each part once, as the Dockerfile does; it exits at once, because its configuration is missing. */
function fillCache(folder: string) {
  for (const file of globSync('{*,services/*}.js', { cwd: folder, exclude: [bareFile] }))
    spawnSync(process.execPath, [file], { cwd: folder, env: cacheOf(folder), timeout: 10_000 })
}

async function benchStarts(folder: string, stores: OwnStores) {
  const times: { service: number[]; bare: number[] } = { service: [], bare: [] }
  for (let round = 0; round < rounds; round++) {
    times.service.push(await timeStart(folder, 'services/lesson', stores))
    times.bare.push(await timeStart(folder, bareFile, stores))
  }
  const ms = median(times.service)
  const figure = `${ms.toFixed(0)} ms (bare node:http ${median(times.bare).toFixed(0)} ms; median of ${rounds})`
  report({ name: 'P6 a service, start to listening', figure, goal: `<= ${goals.startMs} ms`, met: ms <= goals.startMs })
}

/** Every process at once, until each is ready; and what they take inParallel, idle. */
async function benchAll(folder: string, stores: OwnStores) {
  const fleet = await openFleet(stores, services, { bundle: folder, label: 'parts' })
  const begun = performance.now()
  await fleet.ready()
  const ms = performance.now() - begun
  const lone = await startPart(folder, bareFile, stores)
  await sleep(idleMs)
  const pids = fleet.pids()
  const count = Object.keys(pids).length
  const pssMb = Object.values(pids).reduce((sum, pid) => sum + pssMbOf(pid), 0)
  const ratio = rssMbOf(pids.lesson) / rssMbOf(lone.child.pid)
  await end(lone.child)
  await fleet.end()
  const all = `P6 all ${count} processes`
  report({
    name: `${all} at once, to ready`,
    figure: `${(ms / 1000).toFixed(2)} s`,
    goal: `<= ${goals.allMs / 1000} s`,
    met: ms <= goals.allMs,
  })
  report({ name: `${all}, memory (PSS)`, figure: `${pssMb.toFixed(0)} MB`, goal: `<= ${goals.pssMb} MB`, met: pssMb <= goals.pssMb })
  const name = 'P6 a service idle, memory beside bare node:http'
  report({ name, figure: `${ratio.toFixed(2)} x`, goal: `<= ${goals.rssRatio} x`, met: ratio <= goals.rssRatio })
}

function benchSize(folder: string) {
  const files = globSync('**', { cwd: folder, withFileTypes: true }).filter((one) => one.isFile())
  const node = statSync(process.execPath).size / 1e6
  const mb = files.reduce((sum, one) => sum + statSync(join(one.parentPath, one.name)).size, 0) / 1e6
  const figure = `${mb.toFixed(0)} MB, and Node's ${node.toFixed(0)}`
  report({
    name: 'P6 what the image adds to its base',
    figure,
    goal: `<= ${goals.imageMb} MB with the base`,
    met: mb + node <= goals.imageMb,
  })
}

const pssMbOf = (pid = 0) => Number(/^Pss:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8'))?.[1]) / 1024
const rssMbOf = (pid = 0) => Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]) / 1024

/** Starts a part on empty stores: it listens, and waits for its schema. */
async function startPart(folder: string, part: string, { ports }: OwnStores): Promise<{ child: ChildProcess; ms: number }> {
  const [port] = await freePorts(1)
  const env = {
    ...{ PATH: process.env.PATH, ENVIRONMENT: 'test', LOG_LEVEL: 'silent', HOST: '127.0.0.1', PORT: `${port}`, ...cacheOf(folder) },
    ...{ POSTGRES_PORT: `${ports.postgres}`, RABBITMQ_PORT: `${ports.rabbitmq}`, REDIS_PORT: `${ports.redis}` },
    ...{ POSTGRES_PASSWORD: 'throw-away', SERVICE_SECRET: 'a-service-secret-of-the-bench' },
  }
  const begun = performance.now()
  const child = spawn(process.execPath, part === bareFile ? [part] : [...nodeFlags, part], { cwd: folder, env, stdio: 'ignore' })
  while (!(await fetch(`http://127.0.0.1:${port}/health/live`).catch(() => undefined))?.ok) {
    if (child.exitCode !== null || performance.now() - begun > 30_000) throw new Error(`${part} does not listen`)
    await sleep(2)
  }
  return { child, ms: performance.now() - begun }
}

async function end(child: ChildProcess) {
  const gone = once(child, 'exit')
  child.kill('SIGTERM')
  await gone
}

async function timeStart(folder: string, part: string, stores: OwnStores): Promise<number> {
  const { child, ms } = await startPart(folder, part, stores)
  await end(child)
  return ms
}
