import { type SpawnOptions, spawn, spawnSync } from 'node:child_process'
import { openSync, readdirSync, readFileSync, readlinkSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'

/** A store that runs: `pids` holds every process that must be ended with it, the main one first. */
export type Running = { url: string; pids: number[] }

/** Runs a command to its end; its output is the error when it fails. */
export function runToEnd(command: string, args: string[], options: SpawnOptions = {}): string {
  const { status, error, stdout, stderr } = spawnSync(command, args, { ...options, stdio: 'pipe', encoding: 'utf8' })
  if (status !== 0) throw new Error(`${command} ${args.join(' ')} failed: ${error?.message ?? `${stdout}${stderr}`}`)
  return stdout
}

/** Starts a process that outlives us; it works in `cwd`, which is how `isAlive` knows it again. Its output goes to `<cwd>/<name>.log`. */
export function runOn(command: string, args: string[], options: SpawnOptions & { cwd: string; name: string }): number {
  const { name, ...rest } = options
  const log = openSync(join(options.cwd, `${name}.log`), 'a')
  const child = spawn(command, args, { ...rest, stdio: ['ignore', log, log], detached: true })
  child.on('error', () => undefined)
  child.unref()
  if (child.pid === undefined) throw new Error(`${command} could not be started: is it installed? \`make stores\` says how`)
  return child.pid
}

/** Tries until it succeeds, the process dies, or half a minute has passed; then says what is in the log. */
export async function waitFor(ready: () => Promise<boolean>, pid: number, log: string): Promise<void> {
  const until = Date.now() + 30_000
  while (Date.now() < until && isRunning(pid)) {
    if (await ready().catch(() => false)) return
    await sleep(50)
  }
  throw new Error(`no answer from what was started; its log ${log} ends with:\n${readFileSync(log, 'utf8').slice(-2000)}`)
}

/** A process of ours still lives: the pid may have been given to somebody else's since, who works in another folder. */
export function isAlive(pid: number, dir: string): boolean {
  try {
    return isRunning(pid) && readlinkSync(`/proc/${pid}/cwd`).startsWith(dir)
  } catch {
    return false
  }
}

/** Every process of ours that works under this folder, also one that never answered. */
export const processesIn = (dir: string): number[] =>
  readdirSync('/proc')
    .map(Number)
    .filter((pid) => pid > 0 && isAlive(pid, dir))

/** Asks the processes to end, and ends them by force after five seconds; a zombie counts as ended. */
export async function stop(pids: number[], dir: string, gently: NodeJS.Signals = 'SIGTERM'): Promise<void> {
  const ours = pids.filter((pid) => isAlive(pid, dir))
  for (const pid of ours) kill(pid, gently)
  for (let waited = 0; waited < 100 && ours.some((pid) => isAlive(pid, dir)); waited++) await sleep(50)
  for (const pid of ours.filter((still) => isAlive(still, dir))) kill(pid, 'SIGKILL')
}

export function kill(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal)
  } catch {
    // It ended by itself in between.
  }
}

/** A child that ended but was not reaped yet is not running, though its pid still answers. */
export function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return !/^State:\s+Z/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'))
  } catch {
    return false
  }
}

/** Postgres refuses to run as root: Debian's own user runs it then. */
export function runtimeUser(): { uid: number; gid: number } | undefined {
  if (process.getuid?.() !== 0) return undefined
  const id = (flag: string) => Number(runToEnd('id', [flag, 'postgres']))
  return { uid: id('-u'), gid: id('-g') }
}
