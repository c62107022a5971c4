import { openWorld, type World } from '@repitbot/kit/testing/world'
import { expect } from 'chai'
import { studentService } from '../src/service.ts'
import { type CompletedLesson, completedLesson, graded, ledgerOf, reopened } from './story.ts'

type Message = { id: string; send: (world: World) => Promise<unknown> }

/** A reproducible shuffle, so that a failure can be run again. */
function shuffle<T>(all: readonly T[], seed: number): T[] {
  let state = seed
  const next = () => (state = (state * 1_103_515_245 + 12_345) % 2_147_483_648)
  return all
    .map((one) => ({ one, at: next() }))
    .sort((a, b) => a.at - b.at)
    .map(({ one }) => one)
}

const uuid = (kind: number, number: number) => `00000000-0000-7000-8${String(kind).padStart(3, '0')}-${String(number).padStart(12, '0')}`

/** Thirty lessons of two students, six a day: some corrected, some taken back, some reported again. */
function story(world: World): Message[] {
  const message = (number: number, send: (world: World, id: string) => Promise<unknown>): Message => ({
    id: uuid(1, number),
    send: (to) => send(to, uuid(1, number)),
  })
  return Array.from({ length: 30 }, (_, number) => {
    const heldAt = new Date(
      Date.parse('2026-11-01T06:00:00Z') + Math.floor(number / 6) * 86_400_000 + (number % 6) * 3_600_000,
    ).toISOString()
    const who = number % 5 === 4 ? 'sibling' : 'student'
    const lesson: CompletedLesson = completedLesson(world, who, {
      lessonId: uuid(2, number),
      heldAt,
      type: number % 3 ? 'individual' : 'mock_exam',
      grade: graded((number * 7) % 101),
    })
    const better = { ...lesson, version: 3, students: lesson.students.map((seat) => ({ ...seat, grade: graded(100) })) }
    return [
      message(number * 4, (to, id) => to.deliver('lesson.completed', lesson, { id })),
      ...(number % 2 ? [message(number * 4 + 1, (to, id) => to.deliver('lesson.corrected', better, { id }))] : []),
      ...(number % 4 === 3 ? [message(number * 4 + 2, (to, id) => to.deliver('lesson.reopened', reopened(lesson, 4), { id }))] : []),
      ...(number % 8 === 7 ? [message(number * 4 + 3, (to, id) => to.deliver('lesson.completed', { ...better, version: 5 }, { id }))] : []),
    ]
  }).flat()
}

async function lessonSums(world: World) {
  const sums = await Promise.all((['student', 'sibling'] as const).map((who) => ledgerOf(world, who)))
  return sums.map((one) => Object.fromEntries(Object.entries(one.sums).filter(([source]) => source.startsWith('0000'))))
}

describe('repeated and disordered messages', () => {
  let world: World
  afterEach(() => world.close())
  const open = async () => {
    world = await openWorld({ services: [studentService] })
    world.clock.set('2026-11-10T12:00:00Z')
  }

  it('every message three times, shuffled, and again a week later, has the same effects as each once in order', async () => {
    await open()
    for (const one of story(world)) await one.send(world)
    await world.idle()
    const inOrder = await lessonSums(world)
    await world.close()

    await open()
    const messages = story(world)
    await Promise.all(shuffle([...messages, ...messages, ...messages], 7).map((one) => one.send(world)))
    await world.idle()
    expect(await lessonSums(world)).to.deep.equal(inOrder)
    const counts = () =>
      world.sql(`select (select count(*)::int from student.xp_ledger) as rows, (select count(*)::int from student.outbox) as events`)
    const before = await counts()
    world.clock.set('2026-11-10T13:00:00Z')
    // The inbox forgets in time; the versions of the lessons do not.
    await world.sql("delete from student.inbox where event_id::text like '00000000-%'")
    await Promise.all(shuffle(messages, 9).map((one) => one.send(world)))
    await world.idle()
    expect(await counts()).to.deep.equal(before)
    expect(await lessonSums(world)).to.deep.equal(inOrder)
  })
})
