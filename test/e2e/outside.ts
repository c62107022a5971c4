import { mkdtempSync, rmSync } from 'node:fs'
import { connect, createServer, type Server } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { freePorts } from '../../start/processes.ts'
import { tools } from '../chart/helm.ts'
import { openOwnStores } from '../fleet/own-stores.ts'
import { stop } from '../stores/process.ts'
import { runS3 } from '../stores/s3.ts'
import type { Cluster } from './namespace.ts'
import type { Values } from './release.ts'

const password = 'a-password-of-the-owner'

/** Real stores on this machine, reached from the pods at `host`, an address of it; and the values that name them. */
export async function openOutside(cluster: Cluster, host: string): Promise<{ values: Values; close(): void }> {
  const stores = await openOwnStores()
  const owner = new pg.Client({ host: '127.0.0.1', port: stores.ports.postgres, user: 'postgres', database: 'postgres' })
  await owner.connect()
  await owner.query(`create role repitbot login createrole password '${password}'`)
  await owner.query('create database repitbot owner repitbot')
  await owner.end()
  const proxies = await Promise.all([stores.ports.postgres, stores.ports.rabbitmq, stores.ports.redis].map((port) => openProxy(host, port)))
  const [postgres, rabbitmq, redis] = proxies.map((one) => one.port)
  await cluster.apply({ apiVersion: 'v1', kind: 'Secret', metadata: { name: 'outside' }, stringData: { owner: password, broker: 'guest' } })
  return {
    values: {
      postgresql: { enabled: false },
      rabbitmq: { enabled: false },
      valkey: { enabled: false },
      externalDatabase: { host, port: postgres, existingSecret: 'outside', passwordKey: 'owner' },
      externalRabbitmq: { host, port: rabbitmq, user: 'guest', existingSecret: 'outside', passwordKey: 'broker' },
      externalRedis: { host, port: redis },
    },
    close() {
      for (const { server } of proxies) server.close()
      stores.end()
    },
  }
}

/** An S3 store on this machine, reached from the pods at `host`; and the values that keep dumps in it. */
export async function openS3({ apply, kubectl }: Cluster, host: string): Promise<{ values: Values; close(): Promise<void> }> {
  const dir = mkdtempSync(join(tmpdir(), 'repitbot-e2e-s3-'))
  const keys = { accessKey: 'an-access-key', secretKey: 'a-secret-key' }
  const [port = 0] = await freePorts(1)
  const s3 = await runS3(join(tools, 'versitygw'), dir, { ...keys, port, bucket: 'dumps' })
  const outer = await openProxy(host, port)
  const secret = { 'access-key': keys.accessKey, 'secret-key': keys.secretKey }
  await apply({ apiVersion: 'v1', kind: 'Secret', metadata: { name: 'dumps' }, stringData: secret })
  return {
    values: {
      s3: { enabled: true, endpoint: `http://${host}:${outer.port}`, bucket: 'dumps', prefix: 'school/', existingSecret: 'dumps' },
    },
    async close() {
      await kubectl('delete', 'secret', 'dumps')
      outer.server.close()
      await stop(s3.pids, dir)
      rmSync(dir, { recursive: true })
    },
  }
}

/** The stores listen only on loopback; this proxy forwards connections from the machine's other address. */
function openProxy(host: string, to: number): Promise<{ server: Server; port: number }> {
  const server = createServer((from) => {
    const onto = connect(to, '127.0.0.1')
    for (const [one, other] of [
      [from, onto],
      [onto, from],
    ] as const)
      one.pipe(other).on('error', () => one.destroy())
    from.on('error', () => onto.destroy())
  })
  return new Promise((resolve) => server.listen(0, host, () => resolve({ server, port: (server.address() as { port: number }).port })))
}
