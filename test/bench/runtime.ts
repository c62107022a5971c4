import { randomUUIDv7 } from 'node:crypto'
import { type OpenDatabase, openDatabase } from '@repitbot/kit/database'
import { openLog } from '@repitbot/kit/log'
import type { ServiceMetrics } from '@repitbot/kit/metrics'
import { migrate } from '@repitbot/kit/migrate'
import { runtimeRole, tenant } from '@repitbot/kit/migrations'
import type { DatabaseAddress } from '@repitbot/kit/pool'
import type { Service } from '@repitbot/kit/service'
import pg from 'pg'
import type { OwnStores } from '../fleet/own-stores.ts'

/** A service with one table, so small that the measurement shows the kit and not the service. */
export const tallyService = {
  name: 'student',
  migrations: [
    {
      name: '0001-tally',
      up: `create table tally (id uuid primary key, school_id uuid not null, student_id uuid not null); ${tenant('tally')}`,
    },
  ],
} satisfies Pick<Service<unknown>, 'name' | 'migrations'>

export const schoolId = randomUUIDv7()
export const log = openLog('bench', 'warn')
const nothing = () => {}
export const noMetrics: ServiceMetrics = {
  observeResponse: nothing,
  countPublished: nothing,
  countHandled: nothing,
  countDeadLettered: nothing,
  labelled: nothing,
  text: async () => '',
  contentType: '',
}

export type BenchRuntime = {
  address: DatabaseAddress
  database: OpenDatabase
  owner: pg.Client
  amqp: string
  close(): Promise<void>
}

/** A new database with the tally service's schema, its runtime role's pool and the owner's connection. */
export async function openBenchRuntime(stores: OwnStores): Promise<BenchRuntime> {
  const name = `bench_${process.pid}_${Date.now()}`
  const at = { host: '127.0.0.1', port: stores.ports.postgres, user: 'postgres', password: '' }
  const maker = new pg.Client({ ...at, database: 'postgres' })
  await maker.connect()
  await maker.query(`create database ${name}`)
  const owner = new pg.Client({ ...at, database: name, options: '-c search_path=student' })
  await migrate(tallyService, { ...at, database: name }, 'throw-away')
  await owner.connect()
  const address = { ...at, database: name, user: runtimeRole('student'), password: 'throw-away' }
  const database = openDatabase('student', address)
  return {
    address,
    database,
    owner,
    amqp: `amqp://guest:guest@127.0.0.1:${stores.ports.rabbitmq}`,
    async close() {
      await database.close()
      await owner.end()
      await maker.query(`drop database ${name} with (force)`)
      await maker.end()
    },
  }
}

/** The event of one completed lesson, about 700 bytes. */
export function envelope(): { id: string; name: 'lesson.completed'; text: string } {
  const id = randomUUIDv7()
  const startsAt = new Date().toISOString()
  const body = {
    lessonId: randomUUIDv7(),
    tutorId: randomUUIDv7(),
    type: 'individual',
    subject: 'Algebra',
    topic: 'Quadratic equations',
    startsAt,
    minutes: 60,
    zone: 'Europe/Moscow',
    version: 2,
    heldAt: startsAt,
    students: [
      {
        studentId: randomUUIDv7(),
        priceMinor: 150_000,
        currency: 'RUB',
        attendance: 'attended',
        minutes: 60,
        grade: { scale: 'five', value: 5, percent: 95, perfect: true },
      },
    ],
  }
  const name = 'lesson.completed' as const
  const text = JSON.stringify({ id, name, schemaVersion: 1, schoolId, occurredAt: startsAt, correlationId: randomUUIDv7(), body })
  return { id, name, text }
}
