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
import { freePorts } from '../../start/processes.ts'
import { root } from '../sources.ts'
import { binaries } from '../stores/postgres.ts'
import type { Stores } from '../stores.ts'

type Env = Record<string, string>

describe('stores used by TLS, with their authority in NODE_EXTRA_CA_CERTS', function () {
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
    expect(await migrate()).to.deep.include({ status: 0 })
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

  /** The environment that the chart gives a pod with external stores by TLS and `storesCa`. */
  const environment = (more: Env = {}): Env => ({
    ENVIRONMENT: 'test',
    LOG_LEVEL: 'warn',
    HOST: '127.0.0.1',
    SERVICE_SECRET: 'a-service-secret-of-tls',
    POSTGRES_HOST: 'localhost',
    POSTGRES_PORT: `${ownerAddress(name).port}`,
    POSTGRES_TLS: 'on',
    POSTGRES_DB: name,
    POSTGRES_OWNER_USER: ownerAddress(name).user,
    POSTGRES_PASSWORD: rolePassword,
    RABBITMQ_HOST: 'localhost',
    RABBITMQ_PORT: `${tls.ports.amqps}`,
    RABBITMQ_TLS: 'on',
    RABBITMQ_EXCHANGE: name,
    RABBITMQ_DEFAULT_USER: 'guest',
    RABBITMQ_DEFAULT_PASS: 'guest',
    REDIS_HOST: 'localhost',
    REDIS_PORT: `${tls.ports.rediss}`,
    REDIS_TLS: 'on',
    UPSTREAM_USER: `http://127.0.0.1:${(signer.address() as AddressInfo).port}`,
    NODE_EXTRA_CA_CERTS: tls.ca,
    ...more,
  })
  const start = (file: string, env: Env) => {
    const child = spawn(process.execPath, [file], { cwd: root, env, stdio: ['ignore', 'pipe', 'pipe'] })
    let text = ''
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (more) => (text += more))
    children.push(child)
    return { child, output: () => text }
  }
  const migrate = async (more?: Env) => {
    const { child, output } = start('start/migrate.ts', environment(more))
    const [status] = (await once(child, 'close')) as [number]
    return { status, output: output() }
  }
  const service = async (more: Env = {}) => {
    const [port] = await freePorts(1)
    const { output } = start('services/lesson/src/main.ts', environment({ PORT: `${port}`, ...more }))
    const get = async (path: string) => fetch(`http://127.0.0.1:${port}${path}`).catch(() => undefined)
    return { output, get }
  }

  it('carry the migrations, a service, its events and its signals, and a dump', async () => {
    const { output, get } = await service()
    await until(async () => {
      const { checks } = ((await (await get('/health'))?.json()) ?? {}) as { checks?: Record<string, { state: string }> }
      return checks?.database?.state === 'up' && checks.broker?.state === 'up'
    }, 20_000)
    const rows = await withOwner(name, async (owner) => {
      const sql = 'select distinct ssl from pg_stat_ssl join pg_stat_activity using (pid) where datname = $1 and application_name = $2'
      return (await owner.query(sql, [name, 'lesson'])).rows
    })
    expect(rows).to.deep.equal([{ ssl: true }])
    await until(async () => (await throughTls(tls.ports.rediss)) > 0)
    expect(output()).to.equal('')
    expect(await dump(tls.ca)).to.deep.equal({ status: 0, output: '' })
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
    it(`are not used while their certificate is of ${why}, and the log says so of each`, async () => {
      const all = await service(more())
      const others = await service({ ...more(), POSTGRES_TLS: 'off', POSTGRES_HOST: '127.0.0.1' })
      const isLogged = (output: string, what: string) => output.split('\n').some((line) => line.includes(what) && sentence.test(line))
      await until(() => isLogged(all.output(), 'The schema cannot be read'), 20_000)
      await until(
        () => isLogged(others.output(), 'The broker cannot be reached') && isLogged(others.output(), 'Redis cannot be reached'),
        20_000,
      )
      expect((await all.get('/health/ready'))?.status).to.equal(503)
      const { status, output } = await migrate(more())
      expect(status).to.equal(1)
      expect(output).to.match(sentence)
    })

  it('are sent the name of the server (SNI), Redis too, since one address may have many names', async () => {
    const names: string[] = []
    const server = createTlsServer({
      key: readFileSync(tls.key),
      cert: readFileSync(tls.cert),
      SNICallback: (servername, done) => {
        names.push(servername)
        done(null)
      },
    })
    await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
    const redis = openRedis({ host: 'localhost', port: (server.address() as AddressInfo).port, tls: true }, openLog('test', 'silent'))
    await until(() => names.includes('localhost'))
    redis.disconnect()
    server.close()
  })

  it('are not dumped where another authority is trusted', async () => {
    expect((await dump(tls.otherCa)).output).to.match(/certificate verify failed/)
  })

  /** Runs pg_dump as the chart's backup job does. */
  const dump = async (authority: string) => {
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
    let output = ''
    child.stderr.on('data', (more) => (output += more))
    const [status] = (await once(child, 'close')) as [number]
    return { status, output }
  }
})

/** How many connections Redis has on its TLS port. */
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
