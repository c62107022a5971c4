import { randomUUIDv7 } from 'node:crypto'
import { client } from '@repitbot/contracts/client'
import type { Caller } from '@repitbot/contracts/endpoint'
import { lessonApi } from '@repitbot/contracts/lesson'
import { Settings } from '@repitbot/contracts/settings'
import { amqpBus } from '@repitbot/kit/amqp'
import { fixedKeys } from '@repitbot/kit/auth'
import { withContext } from '@repitbot/kit/context'
import { openService } from '@repitbot/kit/open'
import { localSignals } from '@repitbot/kit/signals'
import { lessonService } from '@repitbot/lesson/service'
import { completeLesson } from '../../services/lesson/src/flows/complete-lesson.ts'
import { inParallel } from '../fleet/load.ts'
import type { School } from '../fleet/school.ts'
import type { Fleet } from '../fleet/services.ts'
import { statusOf } from '../fleet/status.ts'
import { log } from './runtime.ts'

/** Enough callers to keep the service's connections busy. */
const width = 24

type Waiting = { id: string; studentId: string }
export type Driver = { complete(school: School, lessons: Waiting[]): Promise<void>; close(): Promise<void> }

/** Opens the lesson service in this process, so that its flow can be called directly, as fast as possible. */
export async function openDriver(fleet: Fleet): Promise<Driver> {
  const settings = Settings.parse({})
  const bus = amqpBus({ url: `amqp://guest:guest@127.0.0.1:${fleet.stores.ports.rabbitmq}`, log })
  const service = await openService(lessonService, {
    address: fleet.address('lesson'),
    bus,
    signals: localSignals(),
    settings: { current: () => settings, generation: () => 0, uid: () => '', refusals: () => 0, close: () => {} },
    keys: () => fixedKeys({ keys: [] }),
    secrets: {},
    config: { SERVICE_SECRET: 'a-service-secret-of-the-bench' },
    now: () => new Date(),
    log,
    port: 0,
  })
  return {
    async complete({ adminId: userId, schoolId }, lessons) {
      const caller: Caller = { userId, schoolId, role: 'admin', sessionId: randomUUIDv7(), reach: 'school' }
      await inParallel(lessons, width, ({ id: lessonId, studentId }) =>
        withContext({ correlationId: randomUUIDv7() }, async () => {
          await completeLesson(service.deps, caller, { lessonId, report: { students: [{ studentId, attendance: 'attended' }] } })
        }),
      )
    },
    async close() {
      await service.close()
      await bus.close()
    },
  }
}

/** Calls the lesson service directly by HTTP, without the gateway. */
export function lessonClient({ urls }: Fleet, school: School): { complete(lesson: Waiting): Promise<number> } {
  const lessons = client(lessonApi, { origin: urls.lesson, token: school.token })
  return {
    complete: ({ id: lessonId, studentId }) => statusOf(lessons.complete({ lessonId, students: [{ studentId, attendance: 'attended' }] })),
  }
}
