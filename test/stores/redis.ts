import { mkdirSync } from 'node:fs'
import { connect } from 'node:net'
import { join } from 'node:path'
import { type Running, runOn, waitFor } from './process.ts'
import type { Tls } from './tls.ts'

/** Starts a Redis with its folder under `dir`; also after it was killed. It keeps nothing on disk. With TLS a second port speaks that. */
export async function runRedis(dir: string, port: number, tls?: Tls & { port: number }): Promise<Running> {
  const home = join(dir, 'redis')
  mkdirSync(home, { recursive: true })
  const settings = ['--port', `${port}`, '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no', '--dir', home]
  if (tls) {
    const files = ['--tls-cert-file', tls.cert, '--tls-key-file', tls.key, '--tls-ca-cert-file', tls.ca]
    settings.push('--tls-port', `${tls.port}`, '--tls-auth-clients', 'no', ...files)
  }
  const pid = runOn('redis-server', settings, { cwd: home, name: 'redis' })
  await waitFor(() => answers(port), pid, join(home, 'redis.log'))
  return { url: `redis://127.0.0.1:${port}`, pids: [pid] }
}

function answers(port: number): Promise<boolean> {
  return new Promise((answer) => {
    const socket = connect(port, '127.0.0.1', () => socket.write('PING\r\n'))
    const end = (ready: boolean) => {
      socket.destroy()
      answer(ready)
    }
    socket
      .setTimeout(2000, () => end(false))
      .once('data', (reply) => end(reply.toString().startsWith('+PONG')))
      .once('error', () => end(false))
  })
}
