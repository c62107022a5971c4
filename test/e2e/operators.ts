import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { until } from '@repitbot/kit/testing/until'
import { freePorts } from '../../start/processes.ts'
import { operatorFlags } from '../fleet/flags.ts'
import { root } from '../sources.ts'

export type Running = {
  name: string
  child: ChildProcess
  url: string
  lines: string[]
  leads(): Promise<boolean>
  end(signal: NodeJS.Signals): Promise<void>
}

/** Runs the operator as a process of its own outside the cluster; answers once it has listed everything. */
export async function runOperator(name: string, environment: Record<string, string>, entry = 'operator/src/main.ts'): Promise<Running> {
  const [port] = await freePorts(1)
  const child = spawn(process.execPath, [...operatorFlags, entry], {
    cwd: root,
    env: { PATH: process.env.PATH, POD_NAME: name, PORT: `${port}`, HOST: '127.0.0.1', ...environment },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const onExit = () => child.kill('SIGKILL')
  process.once('exit', onExit)
  child.once('exit', () => process.off('exit', onExit))
  const lines: string[] = []
  child.stdout?.on('data', (chunk: Buffer) => void lines.push(...`${chunk}`.split('\n').filter(Boolean)))
  const url = `http://127.0.0.1:${port}`
  const text = (path: string) =>
    fetch(`${url}${path}`).then(
      (response) => (response.ok ? response.text() : ''),
      () => '',
    )
  await until(async () => child.exitCode !== null || (await text('/readyz')) === 'ok', 60_000)
  if (child.exitCode !== null) throw new Error(`The operator ended with ${child.exitCode}`)
  return {
    name,
    child,
    url,
    lines,
    leads: async () => (await text('/metrics')).includes('leader_election_master_status{name="repitbot"} 1'),
    async end(signal) {
      if (child.exitCode !== null || child.signalCode !== null) return
      child.kill(signal)
      await once(child, 'exit')
    },
  }
}
