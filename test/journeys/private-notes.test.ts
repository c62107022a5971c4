import { spawnSync } from 'node:child_process'
import { randomUUIDv7 } from 'node:crypto'
import { keyFrom, unseal } from '@repitbot/kit/seal'
import { storeUrls } from '@repitbot/kit/testing/stores'
import { expect } from 'chai'
import type { Deps } from '../../services/lesson/src/deps.ts'
import { sealNotes } from '../../services/lesson/src/flows/seal-notes.ts'
import { noteSeal } from '../../services/lesson/src/store/note-seal.ts'
import { openPlatform, type Platform, worldStart } from '../platform.ts'

const hourMs = 3_600_000
/** A text as it is, and as hex and base64 write it, wherever it begins. */
const writings = (text: string) => [
  text,
  Buffer.from(text).toString('hex'),
  ...[0, 1, 2].map((at) =>
    Buffer.from(' '.repeat(at) + text)
      .toString('base64')
      .slice(at ? 4 : 0, -4),
  ),
]

describe('a private note', () => {
  let platform: Platform
  const lines: string[] = []
  before(async function () {
    this.timeout(60_000)
    const env = { NOTE_SECRET: 'a-note-secret-of-tests' }
    platform = await openPlatform({ env, logLevel: 'debug', logTo: { write: (line) => void lines.push(line) } })
  })
  after(() => platform?.close())

  /** Every schema of the database, as a backup holds it. */
  const dump = () => {
    const at = new URL(storeUrls().postgres)
    at.pathname = `/${platform.world.name}`
    const { stdout, stderr, status } = spawnSync('pg_dump', [at.href], { encoding: 'utf8', maxBuffer: 256 * 1024 * 1024 })
    if (status !== 0) throw new Error(stderr)
    return stdout
  }
  const isIn = (where: string, text: string) => writings(text).some((one) => where.includes(one))
  const tutor = () => platform.as('tutor', 'gateway').lessons
  const deps = () => platform.world.services.find(({ name }) => name === 'lesson')?.deps as Deps
  let hours = 0
  /** A lesson that has been held, and a report of it. */
  const held = async () => {
    const { people } = platform
    const startsAt = new Date(Date.parse(worldStart) - ++hours * hourMs)
    const students = [{ studentId: people.student.userId, priceMinor: 100_000 }]
    const plan = { type: 'individual', subject: 'Maths', startsAt: startsAt.toISOString(), minutes: 60, students } as const
    const { id: lessonId } = await tutor().plan(plan)
    return { lessonId, students: [{ studentId: people.student.userId, attendance: 'attended' as const }] }
  }
  const columns = async (lessonId: string) => {
    const [row] = await platform.world.sql<{ plain: string | null; sealed: Buffer | null; version: number }>(
      'select private_note as plain, sealed_note as sealed, version from lesson.lesson where id = $1',
      [lessonId],
    )
    return row
  }

  it('is read by the tutor, and is in no dump, event, notice or log, whatever was done with the report', async () => {
    const { world } = platform
    const report = await held()
    const { lessonId } = report
    const once = () => ({ idempotencyKey: randomUUIDv7() })
    const first = await tutor().complete({ ...report, note: 'family-4b1d', privateNote: 'planted-one-9f1c' }, once())
    expect(first.privateNote).to.equal('planted-one-9f1c')
    const second = await tutor().correct({ ...report, version: first.version, privateNote: 'planted-two-9f1c' })
    const reopened = await tutor().reopen({ lessonId }, once())
    expect(reopened.privateNote).to.equal(undefined)
    const undone = await tutor().undo({ lessonId, version: reopened.version }, once())
    expect([undone.privateNote, undone.note]).to.deep.equal([second.privateNote, undefined])
    const again = await tutor().correct({ ...report, version: undone.version, note: 'family-4b1d', privateNote: 'planted-one-9f1c' })
    await world.idle()
    expect(await tutor().get({ lessonId })).to.deep.equal(again)
    const all = dump()
    expect(isIn(all, 'family-4b1d'), 'the note to the family is found').to.equal(true)
    expect([isIn(all, 'planted-one-9f1c'), isIn(all, 'planted-two-9f1c'), isIn(lines.join(''), 'planted-')]).to.deep.equal([
      false,
      false,
      false,
    ])
    expect(lines.join('')).to.include('/complete')
    const family = await platform.as('parent').familyLessons.get({ lessonId })
    expect(JSON.stringify(family)).not.to.match(/planted|sealed/)
  })

  it('in a reply under an Idempotency-Key is opened by nobody who guesses the key', async () => {
    const report = await held()
    const key = randomUUIDv7()
    const answer = await tutor().complete({ ...report, privateNote: 'planted-three-9f1c' }, { idempotencyKey: key })
    expect(await tutor().complete({ ...report, privateNote: 'planted-three-9f1c' }, { idempotencyKey: key })).to.deep.equal(answer)
    const [row] = await platform.world.sql<{ answer: Buffer }>('select answer from lesson.idempotency order by used_at desc limit 1')
    for (const use of ['reply', 'idempotent answer']) expect(() => unseal(keyFrom(key, use), '', row?.answer as Buffer)).to.throw()
  })

  it('that the release before wrote in plain text is read, and sealed by the job or by the next change, with what stood before', async () => {
    const { world } = platform
    const texts = ['planted-old-1-9f1c', 'planted-old-2-9f1c', 'planted-old-3-9f1c']
    const [byChange, byJob, byUndo] = [await held(), await held(), await held()]
    const reports = [byChange, byJob, byUndo]
    for (const [at, report] of reports.entries()) {
      await tutor().complete({ ...report, note: 'Well done' })
      // What a process of the release before leaves behind.
      await world.sql('update lesson.lesson set private_note = $2 where id = $1', [report.lessonId, texts[at]])
      await world.sql(
        `update lesson.lesson_former set former = former || jsonb_build_object('privateNote', $2::text) where lesson_id = $1`,
        [report.lessonId, texts[at]],
      )
    }
    for (const [at, { lessonId }] of reports.entries()) expect((await tutor().get({ lessonId })).privateNote).to.equal(texts[at])
    expect((await columns(byJob.lessonId))?.sealed, 'reading writes nothing').to.equal(null)
    expect(isIn(dump(), texts[1] ?? '')).to.equal(true)

    const corrected = await tutor().correct({ ...byChange, version: 2, note: 'Better', privateNote: texts[0] })
    expect(await columns(byChange.lessonId)).to.include({ plain: null, version: 3 })
    const undone = await tutor().undo({ lessonId: byChange.lessonId, version: corrected.version })
    expect([undone.privateNote, undone.note]).to.deep.equal([texts[0], 'Well done'])

    await sealNotes(deps())
    const all = dump()
    expect(texts.map((text) => isIn(all, text))).to.deep.equal([false, false, false])
    expect(await columns(byJob.lessonId), 'no change that anybody sees').to.include({ plain: null, version: 2 })
    expect((await tutor().get({ lessonId: byJob.lessonId })).privateNote).to.equal(texts[1])
    const back = await tutor().undo({ lessonId: byUndo.lessonId, version: 2 })
    expect(back.privateNote, 'what stood before opens too').to.equal(texts[2])
    await sealNotes(deps())
    expect(await deps().store.schoolsToSeal()).to.deep.equal([])
  })

  it('of a series that was changed meanwhile is sealed in what stood before', async () => {
    const { world, people } = platform
    const [seriesId, former] = [randomUUIDv7(), { series: {}, touched: [{ id: '1', version: 2 }, { before: { id: '2' } }] }]
    const before = JSON.parse(JSON.stringify(former).replace('"id":"2"', '"id":"2","privateNote":"planted-series-9f1c"')) as object
    await world.sql(
      `insert into lesson.series values ($1, $2, $3, 'individual', 'Maths', 60, null, 'weekly', 1, '{1}', '17:00', 'Europe/Moscow', '2026-09-07', null, null, '[]', 1)`,
      [seriesId, people.tutor.schoolId, people.tutor.userId],
    )
    await world.sql('insert into lesson.series_former values ($1, $2, 1, now(), null, $3)', [seriesId, people.tutor.schoolId, before])
    expect(isIn(dump(), 'planted-series-9f1c')).to.equal(true)
    await sealNotes(deps())
    expect(isIn(dump(), 'planted-series-9f1c')).to.equal(false)
    const [row] = await world.sql<{ former: typeof former & { touched: { before?: { sealedNote: `\\x${string}` } }[] } }>(
      'select former from lesson.series_former where series_id = $1',
      [seriesId],
    )
    const note = row?.former.touched[1]?.before?.sealedNote
    expect(note && deps().notes.open('2', note)).to.equal('planted-series-9f1c')
    await world.sql('delete from lesson.series where id = $1', [seriesId])
  })

  it('sealed without a secret for notes is sealed anew with the secret', async () => {
    const { world } = platform
    const report = await held()
    await tutor().complete(report)
    const note = noteSeal({ SERVICE_SECRET: 'a-service-secret-of-tests' }).seal(report.lessonId, 'planted-four-9f1c')
    await world.sql('update lesson.lesson set sealed_note = $2 where id = $1', [report.lessonId, note])
    await sealNotes(deps())
    expect((await columns(report.lessonId))?.sealed?.[0]).to.equal(2)
    expect((await tutor().get({ lessonId: report.lessonId })).privateNote).to.equal('planted-four-9f1c')
  })

  it('sealed with another secret or for another lesson leaves the lesson readable, is told as unreadable, and is kept', async () => {
    const { world } = platform
    const report = await held()
    const { lessonId } = report
    await tutor().complete({ ...report, note: 'Well done', privateNote: 'planted-five-9f1c' })
    const lost = noteSeal({ SERVICE_SECRET: 'another-secret-of-tests', NOTE_SECRET: 'another-note-secret' }).seal(lessonId, 'lost')
    const [other] = await world.sql<{ note: string }>(
      'select sealed_note::text as note from lesson.lesson where sealed_note is not null and id <> $1 limit 1',
      [lessonId],
    )
    for (const note of [lost, other?.note]) {
      await world.sql('update lesson.lesson set sealed_note = $2 where id = $1', [lessonId, note])
      const read = await tutor().get({ lessonId })
      expect(read).to.include({ note: 'Well done', privateNoteUnreadable: true })
      expect(read.privateNote).to.equal(undefined)
      const between = { from: '2026-09-01T00:00:00Z', until: '2027-09-01T00:00:00Z', limit: 500 }
      const listed = (await tutor().list(between)).lessons.find(({ id }) => id === lessonId)
      expect(listed).to.deep.equal(read)
    }
    expect(lines.join('')).to.include('sealed with another NOTE_SECRET')
    await sealNotes(deps())
    const { version } = await tutor().get({ lessonId })
    const kept = await tutor().correct({ ...report, version, note: 'Better' })
    expect(kept).to.include({ note: 'Better', privateNoteUnreadable: true })
    const replaced = await tutor().correct({ ...report, version: kept.version, privateNote: 'planted-six-9f1c' })
    expect([replaced.privateNote, replaced.privateNoteUnreadable]).to.deep.equal(['planted-six-9f1c', undefined])
    expect(JSON.stringify(await platform.as('parent').familyLessons.get({ lessonId }))).not.to.include('rivateNote')
  })
})
