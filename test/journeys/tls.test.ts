import { type ChildProcess, spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { createServer as createTlsServer } from 'node:tls'
import { openLog } from '@repitbot/kit/log'
import { openRedis } from '@repitbot/kit/redis'
import { dropDatabase, ownerAddress, rolePassword, storeUrls, throwAwayDatabase, withOwner } from '@repitbot/kit/testing/stores'
import { until } from '@repitbot/kit/testing/until'
import { connect } from 'amqplib'
import { expect } from 'chai'
import { root } from '../sources.ts'
import { binaries } from '../stores/postgres.ts'
import { freePorts } from '../stores/process.ts'
import type { Stores } from '../stores.ts'

type Env = Record<string, string>

describe('stores spoken to by TLS, their authority named by NODE_EXTRA_CA_CERTS', function () {
  this.timeout(60_000)
  const name = `tls_${randomBytes(6).toString('hex')}`
  let tls: Stores['tls']
  const children: ChildProcess[] = []
  let signer: Server
  before(async () => {
    tls = JSON.parse(process.env.TEST_TLS ?? '') as Stores['tls']
    await throwAwayDatabase(name, [])
    signer = createServer((_request, response) => response.setHeader('content-type', 'application/json').end('{"keys":[]}'))
    await new Promise<void>((listening) => signer.listen(0, '127.0.0.1', listening))
    expect(await migrated()).to.deep.include({ status: 0 })
  })
  afterEach(async () => {
    for (const child of children.splice(0)) {
      const gone = once(child, 'close')
      if (child.kill('SIGKILL')) await gone
    }
  })
  after(async () => {
    signer.closeAllConnections()
    signer.close()
    await forgetQueue(name)
    await dropDatabase(name)
  })

  /** The environment of a pod of the chart whose stores are outside and speak TLS, with `storesCa`. */
  const environment = (more: Env = {}): Env => ({
    ...{ ENVIRONMENT: 'test', LOG_LEVEL: 'warn', HOST: '127.0.0.1', SERVICE_SECRET: 'a-service-secret-of-tls' },
    ...{ POSTGRES_HOST: 'localhost', POSTGRES_PORT: `${ownerAddress(name).port}`, POSTGRES_TLS: 'on', POSTGRES_DB: name },
    ...{ POSTGRES_OWNER_USER: ownerAddress(name).user, POSTGRES_PASSWORD: rolePassword },
    ...{ RABBITMQ_HOST: 'localhost', RABBITMQ_PORT: `${tls.ports.amqps}`, RABBITMQ_TLS: 'on', RABBITMQ_EXCHANGE: name },
    ...{ RABBITMQ_DEFAULT_USER: 'guest', RABBITMQ_DEFAULT_PASS: 'guest' },
    ...{ REDIS_HOST: 'localhost', REDIS_PORT: `${tls.ports.rediss}`, REDIS_TLS: 'on' },
    ...{ UPSTREAM_USER: `http://127.0.0.1:${(signer.address() as AddressInfo).port}`, NODE_EXTRA_CA_CERTS: tls.ca, ...more },
  })
  const started = (file: string, env: Env) => {
    const child = spawn(process.execPath, [file], { cwd: root, env, stdio: ['ignore', 'pipe', 'pipe'] })
    let text = ''
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (more) => (text += more))
    children.push(child)
    return { child, said: () => text }
  }
  const migrated = async (more?: Env) => {
    const { child, said } = started('start/migrate.ts', environment(more))
    const [status] = (await once(child, 'close')) as [number]
    return { status, said: said() }
  }
  const service = async (more: Env = {}) => {
    const [port] = await freePorts(1)
    const { said } = started('services/lesson/src/main.ts', environment({ PORT: `${port}`, ...more }))
    const asked = async (path: string) => fetch(`http://127.0.0.1:${port}${path}`).catch(() => undefined)
    return { said, asked }
  }

  it('carry the migrations, a service, its events and its signals, and a dump', async () => {
    const { said, asked } = await service()
    await until(async () => {
      const { checks } = ((await (await asked('/health'))?.json()) ?? {}) as { checks?: Record<string, { state: string }> }
      return checks?.database?.state === 'up' && checks.broker?.state === 'up'
    }, 20_000)
    const rows = await withOwner(name, async (owner) => {
      const sql = 'select distinct ssl from pg_stat_ssl join pg_stat_activity using (pid) where datname = $1 and application_name = $2'
      return (await owner.query(sql, [name, 'lesson'])).rows
    })
    expect(rows).to.deep.equal([{ ssl: true }])
    await until(async () => (await throughTls(tls.ports.rediss)) > 0)
    expect(said()).to.equal('')
    expect(await dumped(tls.ca)).to.deep.equal({ status: 0, said: '' })
  })

  for (const [why, more, sentence] of [
    [
      'another authority',
      () => ({ NODE_EXTRA_CA_CERTS: tls.otherCa }),
      /Its certificate is of no authority known here \(.+\): NODE_EXTRA_CA_CERTS/,
    ],
    [
      'another name',
      () => ({ POSTGRES_HOST: '127.0.0.1', RABBITMQ_HOST: '127.0.0.1', REDIS_HOST: '127.0.0.1' }),
      /Its certificate is for another name .*127.0.0.1/,
    ],
  ] as const)
    it(`are not spoken to while their certificate is of ${why}, and each is told of in a sentence`, async () => {
      const all = await service(more())
      const others = await service({ ...more(), POSTGRES_TLS: 'off', POSTGRES_HOST: '127.0.0.1' })
      const tells = (said: string, what: string) => said.split('\n').some((line) => line.includes(what) && sentence.test(line))
      await until(() => tells(all.said(), 'The schema cannot be read'), 20_000)
      await until(() => tells(others.said(), 'The broker cannot be reached') && tells(others.said(), 'Redis cannot be reached'), 20_000)
      expect((await all.asked('/health/ready'))?.status).to.equal(503)
      const { status, said } = await migrated(more())
      expect(status).to.equal(1)
      expect(said).to.match(sentence)
    })

  it('are told which name is meant, also a Redis, since one address may have many', async () => {
    const meant: string[] = []
    const server = createTlsServer({
      key: readFileSync(tls.key),
      cert: readFileSync(tls.cert),
      SNICallback: (servername, done) => {
        meant.push(servername)
        done(null)
      },
    })
    await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
    const redis = openRedis({ host: 'localhost', port: (server.address() as AddressInfo).port, tls: true }, openLog('test', 'silent'))
    await until(() => meant.includes('localhost'))
    redis.disconnect()
    server.close()
  })

  it('are dumped by nobody who knows another authority', async () => {
    expect((await dumped(tls.otherCa)).said).to.match(/certificate verify failed/)
  })

  /** As the chart's backup does it. */
  const dumped = async (authority: string) => {
    const { host: _, port, user } = ownerAddress(name)
    const pg = {
      PGHOST: 'localhost',
      PGPORT: `${port}`,
      PGUSER: user,
      PGDATABASE: name,
      PGSSLMODE: 'verify-full',
      PGSSLROOTCERT: authority,
    }
    const child = spawn(join(binaries(), 'pg_dump'), ['--format=custom'], {
      env: { ...environment(), ...pg },
      stdio: ['ignore', 'ignore', 'pipe'],
    })
    let said = ''
    child.stderr.on('data', (more) => (said += more))
    const [status] = (await once(child, 'close')) as [number]
    return { status, said }
  }
})

/** How many connections came by the port that speaks TLS. */
async function throughTls(port: number): Promise<number> {
  const { hostname: host, port: plain } = new URL(storeUrls().redis)
  const redis = openRedis({ host, port: Number(plain) }, openLog('test', 'silent'))
  try {
    await once(redis, 'ready')
    const clients = (await redis.client('LIST')) as string
    return clients.split('\n').filter((line) => line.includes(`laddr=127.0.0.1:${port} `)).length
  } finally {
    redis.disconnect()
  }
}

async function forgetQueue(exchange: string) {
  const connection = await connect(storeUrls().amqp)
  const channel = await connection.createChannel()
  await channel.deleteQueue(`${exchange}.lesson`)
  await channel.deleteExchange(exchange)
  await connection.close()
}
