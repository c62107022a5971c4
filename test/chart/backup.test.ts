import { type ChildProcess, spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { type AddressInfo, connect, createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { dropDatabase, ownerAddress, throwAwayDatabase, withOwner } from '@repitbot/kit/testing/stores'
import { toyService } from '@repitbot/kit/testing/toy'
import { until } from '@repitbot/kit/testing/until'
import { expect } from 'chai'
import { freePorts } from '../../start/processes.ts'
import { root } from '../sources.ts'
import { binaries } from '../stores/postgres.ts'
import { type Running, stop } from '../stores/process.ts'
import { runS3, type S3 } from '../stores/s3.ts'
import { component, podsOf, rendered, tools } from './helm.ts'

type Env = Record<string, string>
type Container = { name: string; command?: string[]; args?: string[]; env: { name: string; value?: string }[] }

/** The containers of a Job of the chart in their order, and what they would run there, run here. */
const containers = (of: string): Container[] =>
  podsOf(rendered('s3').manifests)
    .filter(({ labels }) => component(labels) === of)
    .flatMap(({ spec }) => [...spec.initContainers, ...spec.containers])

describe('a backup to S3, by the commands of the chart', function () {
  this.timeout(60_000)
  const name = `backup_${randomBytes(6).toString('hex')}`
  const dir = mkdtempSync(join(tmpdir(), 'repitbot-backup-'))
  const store: S3 = { bucket: 'our-backups', accessKey: 'an-access-key', secretKey: 'a-secret-key' }
  let s3: Running
  before(async () => {
    const [port] = (await freePorts(1)) as [number]
    s3 = await runS3(join(tools, 'versitygw'), dir, { ...store, port })
    await throwAwayDatabase(name, [toyService()])
    // More than one part of an upload, and nothing that can be packed.
    await withOwner(name, async (owner) => {
      await owner.query('create table noise (bytes bytea)')
      for (let megabytes = 0; megabytes < 20; megabytes += 4) await owner.query('insert into noise values ($1)', [randomBytes(4 << 20)])
    })
  })
  after(async () => {
    await stop(s3.pids, dir)
    await dropDatabase(name)
    rmSync(dir, { recursive: true })
  })

  /** A pod's folder for dumps, empty. */
  const folder = () => mkdtempSync(join(dir, 'pod-'))
  const started = (one: Container, at: string, env: Env): ChildProcess => {
    const values = Object.fromEntries(one.env.flatMap(({ name: key, value }) => (value === undefined ? [] : [[key, value]])))
    const { NODE_EXTRA_CA_CERTS: _, PGSSLROOTCERT: __, ...own } = values
    const { host, port, user, password } = ownerAddress(name)
    const database = { PGHOST: host, PGPORT: `${port}`, PGUSER: user, PGPASSWORD: password, PGDATABASE: name }
    const keys = { S3_ENDPOINT: s3.url, S3_ACCESS_KEY: store.accessKey, S3_SECRET_KEY: store.secretKey, DUMPS_FOLDER: at }
    const here = (text: string) => text.replaceAll('/backup', at).replace('--dbname=repitbot', `--dbname=${env.PGDATABASE ?? name}`)
    const [program, ...args] = one.command ? [...one.command, ...(one.args ?? [])].map(here) : [process.execPath, ...(one.args ?? [])]
    if (!one.command) args[0] = join(root, 'start', `${args[0]}.ts`)
    return spawn(program ?? '', args, { env: { PATH: `${binaries()}:${process.env.PATH}`, ...own, ...database, ...keys, ...env } })
  }
  const ran = async (one: Container | undefined, at: string, env: Env = {}) => {
    if (!one) throw new Error('The chart has no such container')
    const child = started(one, at, env)
    let text = ''
    for (const stream of [child.stdout, child.stderr]) stream?.on('data', (more) => (text += more))
    const [status] = (await once(child, 'close')) as [number]
    return { status, text }
  }
  const [dump, keep] = containers('backup')
  const [bring, restore] = containers('restore')
  const there = async () => (await ran({ ...(bring as Container), args: ['dumps', 'bring', 'none'] }, folder())).text
  const rows = (database: string) =>
    withOwner(database, async (owner) => (await owner.query('select md5(string_agg(bytes, null)) from noise')).rows)

  it('is brought back as it was, from an empty database and a new pod', async () => {
    const [here, elsewhere, copy] = [folder(), folder(), `${name}_copy`]
    expect((await ran(dump, here)).status).to.equal(0)
    const [file = ''] = readdirSync(here)
    expect(await ran(keep, here)).to.deep.include({ status: 0 })
    const named = (one?: Container) => JSON.parse(JSON.stringify(one).replaceAll('repitbot-20261126T021700Z.dump', file)) as Container
    expect(await ran(named(bring), elsewhere)).to.deep.equal({ status: 0, text: `s3://our-backups/school/${file}: fetched\n` })
    await throwAwayDatabase(copy, [])
    try {
      expect(await ran(named(restore), elsewhere, { PGDATABASE: copy })).to.deep.equal({ status: 0, text: '' })
      expect(await rows(copy)).to.deep.equal(await rows(name))
    } finally {
      await dropDatabase(copy)
    }
  })

  it('leaves the newest, as many as asked for, and whatever else lies beside them', async () => {
    const school = join(dir, 's3/objects/our-backups/school')
    mkdirSync(school, { recursive: true })
    writeFileSync(join(school, 'repitbot-notes.txt'), 'not a dump')
    for (const day of ['21', '23', '22']) {
      const here = folder()
      writeFileSync(join(here, `repitbot-202711${day}T021700Z.dump`), 'a dump')
      expect(await ran(keep, here, { DUMPS_KEEP: '2' })).to.deep.include({ status: 0 })
    }
    expect(await there()).to.match(/there are: repitbot-20271123T021700Z.dump, repitbot-20271122T021700Z.dump\n$/)
    expect(readdirSync(school)).to.include('repitbot-notes.txt')
  })

  it('that failed before the dump was whole carries nothing there', async () => {
    const [here, tools, before] = [folder(), folder(), await there()]
    // It says its version as the real one does, and ends in the middle of the dump.
    const half = 'for arg in "$@"; do case $arg in --file=*) echo half >"$(echo "$arg" | cut -c8-)";; esac; done; exit 1'
    const script = `#!/bin/sh\n[ "$1" = --version ] && exec ${join(binaries(), 'pg_dump')} --version\n${half}\n`
    writeFileSync(join(tools, 'pg_dump'), script, { mode: 0o755 })
    expect((await ran(dump, here, { PATH: `${tools}:${binaries()}:${process.env.PATH}` })).status).to.not.equal(0)
    const kept = await ran(keep, here)
    expect(kept.status).to.equal(1)
    expect(kept.text).to.match(/DUMPS_FOLDER=\S+: Expected one dump/)
    expect(await there()).to.equal(before)
  })

  it('by tools of another Postgres than the server is refused, for it could not be brought back', async () => {
    const [here, tools] = [folder(), folder()]
    writeFileSync(join(tools, 'pg_dump'), '#!/bin/sh\necho "pg_dump (PostgreSQL) 99.1 (Debian 99.1-1)"\n', { mode: 0o755 })
    const { status, text } = await ran(dump, here, { PATH: `${tools}:${binaries()}:${process.env.PATH}` })
    expect(status).to.equal(1)
    expect(text).to.match(/^backup\.image: Expected the tools of Postgres 1\d, .* those of 99 /)
    expect(readdirSync(here)).to.deep.equal([])
  })

  it('whose process was killed in the middle of the upload is none', async () => {
    const here = folder()
    writeFileSync(join(here, 'repitbot-20281121T021700Z.dump'), randomBytes(24 << 20))
    const before = await there()
    const way = await narrowing(new URL(s3.url), 12 << 20)
    const child = started(keep as Container, here, { S3_ENDPOINT: way.url })
    await until(way.isFull)
    child.kill('SIGKILL')
    await once(child, 'close')
    way.close()
    expect(await there()).to.equal(before)
    // The same dump, carried by the next pod.
    expect(await ran(keep, here)).to.deep.include({ status: 0 })
    expect(await there()).to.contain('there are: repitbot-20281121T021700Z.dump')
  })

  it('to a store that refuses it says so in a sentence with the store and the reason', async () => {
    const here = folder()
    writeFileSync(join(here, 'repitbot-20271121T021700Z.dump'), 'a dump')
    const refused = async (env: Env) => (await ran(keep, here, env)).text
    expect(await refused({ S3_SECRET_KEY: 'another' })).to.equal(
      `dumps cannot start:\nS3_ENDPOINT=${s3.url}: s3://our-backups/school/ cannot be used with these keys: S3 returned 403 – SignatureDoesNotMatch\n`,
    )
    expect(await refused({ S3_BUCKET: 'another' })).to.match(/s3:\/\/another\/school\/ .*NoSuchBucket\n$/)
    const [nobody] = await freePorts(1)
    expect(await refused({ S3_ENDPOINT: `http://127.0.0.1:${nobody}` })).to.match(/S3_ENDPOINT=\S+: .*ECONNREFUSED/)
  })
})

/** A way to a server that lets so many bytes through, and then nothing. */
async function narrowing(to: URL, bytesMax: number) {
  let passed = 0
  const server = createServer((socket) => {
    const onward = connect(Number(to.port), to.hostname)
    for (const one of [socket, onward]) one.on('error', () => {})
    socket.on('close', () => onward.destroy())
    onward.pipe(socket)
    socket.on('data', (chunk) => {
      passed += chunk.length
      if (passed > bytesMax) socket.pause()
      else onward.write(chunk)
    })
  })
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, isFull: () => passed > bytesMax, close: () => server.close() }
}
