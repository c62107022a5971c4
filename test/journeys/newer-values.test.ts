import { randomUUIDv7 } from 'node:crypto'
import { type EventName, events } from '@repitbot/contracts/events'
import { cardOf } from '@repitbot/kit/testing/people'
import { openWorld, type World } from '@repitbot/kit/testing/world'
import { expect } from 'chai'
import { z } from 'zod'
import { services } from '../../start/services.ts'

const { user: _, ...hearing } = services
const newer = 'a-newer-value'
const minuteMs = 60_000

type Path = (string | number)[]

/** A body that the schema accepts, and the paths of its enums. */
function makeSample(schema: z.ZodType, named: (name: string) => unknown, name = ''): { body: unknown; enums: Path[] } {
  const within = (inner: unknown) => makeSample(inner as z.ZodType, named, name)
  if (schema instanceof z.ZodObject) {
    const fields = Object.entries(schema.shape).map(([key, field]) => [key, makeSample(field as z.ZodType, named, key)] as const)
    return {
      body: Object.fromEntries(fields.map(([key, { body }]) => [key, body])),
      enums: fields.flatMap(([key, { enums }]) => enums.map((path) => [key, ...path])),
    }
  }
  if (schema instanceof z.ZodArray) {
    const { body, enums } = within(schema.element)
    return { body: [body], enums: enums.map((path) => [0, ...path]) }
  }
  if (schema instanceof z.ZodOptional || schema instanceof z.ZodNullable) return within(schema.unwrap())
  if (schema instanceof z.ZodEnum) return { body: schema.options[0], enums: [[]] }
  const given = named(name)
  if (given !== undefined) return { body: given, enums: [] }
  if (schema instanceof z.ZodBoolean) return { body: false, enums: [] }
  if (schema instanceof z.ZodNumber) return { body: 50, enums: [] }
  if (schema instanceof z.ZodISODateTime) return { body: new Date().toISOString(), enums: [] }
  if (schema instanceof z.ZodISODate) return { body: new Date().toISOString().slice(0, 10), enums: [] }
  if (schema instanceof z.ZodUUID) return { body: randomUUIDv7(), enums: [] }
  if (schema instanceof z.ZodString) return { body: 'some text', enums: [] }
  throw new Error(`This test cannot make a ${schema.def.type}: add it here`)
}

function withNewer(body: unknown, [step, ...rest]: Path): unknown {
  if (step === undefined) return newer
  const inner = withNewer((body as Record<string, unknown>)[step], rest)
  return Array.isArray(body) ? body.with(Number(step), inner) : { ...(body as object), [step]: inner }
}

describe('an event with values that this release does not know', () => {
  let world: World
  let version = 1
  before(async () => {
    world = await openWorld({ services: Object.values(hearing), bus: 'local' })
  })
  afterEach(() => world.sql(world.services.map(({ name }) => `truncate "${name}".retry`).join(';')))
  after(() => world.close())

  /** Values by which a service looks something up. */
  const named = (name: string): unknown => {
    const { student, tutor, parent } = world.people
    const ids: Record<string, unknown> = {
      userId: student.userId,
      studentId: student.userId,
      overId: student.userId,
      tutorId: tutor.userId,
      movedBy: tutor.userId,
      cancelledBy: tutor.userId,
      holderId: parent.userId,
      zone: 'Europe/Moscow',
      from: '22:00',
      until: '08:00',
      code: 'first_lesson',
      sourceId: randomUUIDv7(),
      version: ++version,
      active: true,
    }
    const at = new Date(Date.now() + 60 * minuteMs).toISOString()
    return { ...ids, startsAt: at, movedFrom: at, heldAt: new Date(Date.now() - minuteMs).toISOString() }[name]
  }
  const sampleOf = (event: EventName) => {
    const { body, enums } = makeSample(events[event].body, event.startsWith('streak') || event === 'student.level_up' ? ofProgress : named)
    return { body: events[event].body.parse(body), enums }
  }
  /** In these events `from` and `until` are not times of a day. */
  const ofProgress = (name: string) => (name === 'from' || name === 'until' ? undefined : named(name))

  const failedEvents = async () => {
    const all = world.services.map(({ name }) => `select '${name}' as service, name, error from "${name}".retry`)
    return world.sql(all.join(' union all '))
  }
  /** Reads what people read; an error fails the test. */
  const readAll = async () => {
    for (const who of ['student', 'parent', 'tutor', 'admin'] as const) await world.as(who).inbox.list({})
    const { userId: studentId } = world.people.student
    for (const read of ['progress', 'achievements', 'history'] as const) await world.as('parent').students[read]({ studentId })
    await world.as('tutor').lessons.list({ from: new Date().toISOString(), until: new Date(Date.now() + 60 * minuteMs).toISOString() })
  }
  /** Publishes the student's card and the parent's link again, since the event has changed them. */
  const restorePeople = async () => {
    const { student, parent } = world.people
    await world.deliver('user.updated', { ...cardOf('student', student), version: ++version })
    await world.deliver('reach.granted', { holderId: parent.userId, overId: student.userId, as: 'parent', version: ++version })
    await world.idle()
  }

  for (const event of Object.keys(events) as EventName[])
    it(`${event} is handled at once with a new field and with a new value in each enum, and everything can be read as before`, async () => {
      const { body, enums } = sampleOf(event)
      const bodies = [{ ...body, aNewerField: newer }, ...enums.map((path) => withNewer(sampleOf(event).body, path))]
      for (const one of bodies) {
        await world.deliver(event, one as never)
        await world.idle()
        expect(await failedEvents()).to.deep.equal([])
        await world.as('student').inbox.list({})
        if (/^(user|reach)\./.test(event)) await restorePeople()
        await readAll()
      }
    })

  it('gives no access where the kind of a link is the unknown value', async () => {
    const { otherParent, student } = world.people
    const link = { holderId: otherParent.userId, overId: student.userId, as: newer, version: 100 }
    await world.deliver('reach.granted', link as never)
    await world.idle()
    const seen = await world
      .as('otherParent')
      .students.progress({ studentId: student.userId })
      .then(
        () => 'seen',
        (error: { problem?: { status: number } }) => error.problem?.status,
      )
    expect(seen).to.equal(404)
  })
})
