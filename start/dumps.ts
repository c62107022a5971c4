import { createWriteStream, openAsBlob, readdirSync, renameSync } from 'node:fs'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { ReadableStream } from 'node:stream/web'
import { ConfigFault, readConfig, startProcess } from '@repitbot/kit/config'
import { S3mini } from 's3mini'
import { DumpsConfig } from './config.ts'
import { print } from './screen.ts'

const dumpName = /^repitbot-[0-9TZ]+\.dump$/
/** S3 accepts at most 10,000 parts of an object, each of at least 5 MB except the last. */
const partsMax = 9_000
const partBytesMin = 8 * 1024 * 1024

/**
 * `node dumps keep` uploads the dump of a folder to S3 and removes the oldest dumps there; `node dumps bring <name>` fetches one into
 * the folder. The chart's backup and restore jobs run it beside Postgres' own programs. An object with the name of a dump is always
 * complete: S3 shows an object only after its last part, and its size is checked after that.
 */
await startProcess('dumps', async () => {
  const [verb, name = ''] = process.argv.slice(2)
  const config = readConfig(DumpsConfig)
  if (verb !== 'keep' && verb !== 'bring')
    throw new ConfigFault(`${verb} is not a command; use: node dumps keep, or: node dumps bring <name>`)
  try {
    await (verb === 'keep' ? keep(config) : bring(config, name))
  } catch (error) {
    if (error instanceof ConfigFault) throw error
    const { message, cause } = error as Error
    const why = cause instanceof Error ? `${message}: ${cause.message}` : message
    throw new ConfigFault(`S3_ENDPOINT=${config.S3_ENDPOINT}: ${where(config)} cannot be used with these keys: ${why}`)
  }
})

async function keep(config: DumpsConfig) {
  const [name, ...more] = readdirSync(config.DUMPS_FOLDER).filter((file) => dumpName.test(file))
  if (!name || more.length)
    throw new ConfigFault(`DUMPS_FOLDER=${config.DUMPS_FOLDER}: Expected one dump, such as repitbot-20261126T021700Z.dump`)
  const dump = await openAsBlob(join(config.DUMPS_FOLDER, name))
  const s3 = openBucket(config, dump.size)
  await s3.putAnyObject(`${config.S3_PREFIX}${name}`, dump)
  const size = await s3.getContentLength(`${config.S3_PREFIX}${name}`)
  if (size !== dump.size) {
    await s3.deleteObject(`${config.S3_PREFIX}${name}`)
    throw new Error(`${name} was ${size} bytes there and ${dump.size} here, and is removed there`)
  }
  print(`${where(config)}${name}: ${size} bytes`)
  for (const old of (await listDumps(s3, config)).slice(config.DUMPS_KEEP)) {
    await s3.deleteObject(`${config.S3_PREFIX}${old}`)
    print(`${where(config)}${old}: removed`)
  }
}

async function bring(config: DumpsConfig, name: string) {
  const s3 = openBucket(config)
  const found = dumpName.test(name) ? await s3.getObjectResponse(`${config.S3_PREFIX}${name}`) : null
  if (!found?.body) {
    const there = (await listDumps(s3, config)).join(', ') || 'none'
    throw new ConfigFault(`${where(config)}: Expected the name of a dump that is there, not "${name}"; there are: ${there}`)
  }
  const to = join(config.DUMPS_FOLDER, name)
  await pipeline(Readable.fromWeb(found.body as ReadableStream), createWriteStream(`${to}.part`))
  renameSync(`${to}.part`, to)
  print(`${where(config)}${name}: fetched`)
}

/** The names of the dumps, newest first, since a name holds its time. Other objects of the bucket are ignored. */
async function listDumps(s3: S3mini, { S3_PREFIX: prefix }: DumpsConfig): Promise<string[]> {
  const found = await s3.listObjects('/', `${prefix}repitbot-`)
  if (!found) throw new Error('there is no such bucket')
  return found
    .map(({ Key }) => Key.slice(prefix.length))
    .filter((name) => dumpName.test(name))
    .sort()
    .reverse()
}

function openBucket(config: DumpsConfig, size = 0): S3mini {
  return new S3mini({
    endpoint: `${config.S3_ENDPOINT}/${config.S3_BUCKET}`,
    region: config.S3_REGION,
    accessKeyId: config.S3_ACCESS_KEY,
    secretAccessKey: config.S3_SECRET_KEY,
    minPartSize: Math.max(partBytesMin, Math.ceil(size / partsMax)),
  })
}

function where({ S3_BUCKET, S3_PREFIX }: DumpsConfig): string {
  return `s3://${S3_BUCKET}/${S3_PREFIX}`
}
