import { randomInt } from 'node:crypto'
import { createServer, type Server } from 'node:net'

/**
 * Ports nobody listens on now, below those that the system gives to connections and to whoever asks for any: a port of those may be
 * gone before it is used. All are held at once, so that no two of them are the same.
 */
export async function freePorts(count: number): Promise<number[]> {
  const servers = await Promise.all(Array.from({ length: count }, heldPort))
  const ports = servers.map((server) => (server.address() as { port: number }).port)
  await Promise.all(servers.map((server) => new Promise((closed) => server.close(closed))))
  return ports
}

async function heldPort(): Promise<Server> {
  const server = createServer()
  const isFree = await new Promise<boolean>((tried) => {
    server.once('error', () => tried(false)).listen(randomInt(10_000, 32_000), '127.0.0.1', () => tried(true))
  })
  return isFree ? server : heldPort()
}

export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}
