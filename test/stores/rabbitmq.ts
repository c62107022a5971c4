import { mkdirSync, writeFileSync } from 'node:fs'
import { connect } from 'node:net'
import { join } from 'node:path'
import { type Running, runOn, waitFor } from './process.ts'
import type { Tls } from './tls.ts'

/** The real script: the one in PATH insists on Debian's own user and folders. */
const server = '/usr/lib/rabbitmq/bin/rabbitmq-server'

export type RabbitPorts = { amqp: number; distribution: number; epmd: number }

/** Writes everything a node of its own needs, so that nothing under /etc, /var or the home folder is read. With TLS a second port speaks that. */
export function layRabbit(dir: string, ports: RabbitPorts, tls?: Tls & { port: number }): void {
  const home = join(dir, 'rabbitmq')
  mkdirSync(home, { recursive: true })
  const settings = {
    'listeners.tcp.local': `127.0.0.1:${ports.amqp}`,
    'vm_memory_high_watermark.absolute': '1GB',
    'disk_free_limit.absolute': '50MB',
    'raft.wal_max_size_bytes': 33_554_432,
    'log.file.level': 'warning',
    ...(tls && {
      'listeners.ssl.local': `127.0.0.1:${tls.port}`,
      'ssl_options.certfile': tls.cert,
      'ssl_options.keyfile': tls.key,
      'ssl_options.cacertfile': tls.ca,
      'ssl_options.verify': 'verify_none',
    }),
  }
  const lines = Object.entries(settings).map(([key, value]) => `${key} = ${value}\n`)
  writeFileSync(join(home, 'rabbitmq.conf'), lines.join(''))
  writeFileSync(join(home, 'enabled_plugins'), '[].\n')
  writeFileSync(join(home, 'rabbitmq-env.conf'), '')
}

/** Starts the node laid under `dir`; also after it was killed. It has an epmd of its own: a shared one outlives us and may be old. */
export async function runRabbit(dir: string, ports: RabbitPorts): Promise<Running> {
  const home = join(dir, 'rabbitmq')
  const env = environment(home, ports)
  const epmd = runOn('epmd', ['-port', `${ports.epmd}`, '-address', '127.0.0.1'], { cwd: home, name: 'epmd', env })
  const node = runOn(server, ['-noinput'], { cwd: home, name: 'rabbitmq', env })
  await waitFor(() => answers(ports.amqp), node, join(home, 'rabbitmq.log'))
  return { url: `amqp://guest:guest@127.0.0.1:${ports.amqp}`, pids: [node, epmd] }
}

function environment(home: string, ports: RabbitPorts): NodeJS.ProcessEnv {
  return {
    PATH: process.env.PATH,
    LANG: 'C.UTF-8',
    HOME: home,
    ERL_EPMD_PORT: `${ports.epmd}`,
    ERL_EPMD_ADDRESS: '127.0.0.1',
    RABBITMQ_NODENAME: `repitbot-${ports.amqp}@localhost`,
    RABBITMQ_DIST_PORT: `${ports.distribution}`,
    RABBITMQ_CONF_ENV_FILE: join(home, 'rabbitmq-env.conf'),
    RABBITMQ_CONFIG_FILE: join(home, 'rabbitmq.conf'),
    RABBITMQ_ENABLED_PLUGINS_FILE: join(home, 'enabled_plugins'),
    RABBITMQ_MNESIA_BASE: join(home, 'mnesia'),
    RABBITMQ_LOG_BASE: join(home, 'log'),
    RABBITMQ_PID_FILE: join(home, 'rabbitmq.pid'),
    // Makes the script become the node: waiting beside it, it would keep signals from it.
    RABBITMQ_ALLOW_INPUT: '1',
    // Sleep instead of spinning: the tests need the cores. Bounded tables: a huge limit on open files would cost gigabytes.
    RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS: '+sbwt none +sbwtdcpu none +sbwtdio none +Q 65536 -kernel inet_dist_use_interface {127,0,0,1}',
  }
}

/** Listening is not enough: the broker must greet. */
function answers(port: number): Promise<boolean> {
  return new Promise((answer) => {
    const socket = connect(port, '127.0.0.1', () => socket.write('AMQP\x00\x00\x09\x01'))
    const end = (ready: boolean) => {
      socket.destroy()
      answer(ready)
    }
    socket
      .setTimeout(2000, () => end(false))
      .once('data', (frame) => end(frame[0] === 1))
      .once('error', () => end(false))
  })
}
