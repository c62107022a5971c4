import { expect } from 'chai'
import type { SealedNote } from '../src/rules/lesson.ts'
import { noteSeal } from '../src/store/note-seal.ts'

const [first, second] = ['0190a000-0000-7000-8000-000000000001', '0190a000-0000-7000-8000-000000000002'] as const
const SERVICE_SECRET = 'a-service-secret-of-notes'
const NOTE_SECRET = 'a-note-secret-of-notes'

describe('a private note that is sealed', () => {
  const before = noteSeal({ SERVICE_SECRET })
  const notes = noteSeal({ SERVICE_SECRET, NOTE_SECRET })

  it('opens for its own lesson alone', () => {
    const note = notes.seal(first, 'Стесняется')
    expect(notes.open(first, note)).to.equal('Стесняется')
    expect(notes.open(second, note)).to.equal(undefined)
  })

  it('opens by no other secret, and what is no note opens by none', () => {
    const note = notes.seal(first, 'shy')
    expect(noteSeal({ SERVICE_SECRET, NOTE_SECRET: 'another-secret-of-notes' }).open(first, note)).to.equal(undefined)
    expect(before.open(first, note), 'without the secret of notes').to.equal(undefined)
    for (const broken of ['\\x', '\\x02', '\\x09', note.slice(0, -2)] as SealedNote[]) expect(notes.open(first, broken)).to.equal(undefined)
  })

  it('of an installation that had no secret for notes opens when there is one', () => {
    const note = before.seal(first, 'shy')
    expect(notes.open(first, note)).to.equal('shy')
    expect([before.hasOwnSecret, notes.hasOwnSecret]).to.deep.equal([false, true])
    expect([note.slice(0, 4), notes.seal(first, 'shy').slice(0, 4)], 'the numbers of the keys').to.deep.equal(['\\x01', '\\x02'])
  })

  it('stays as it is while the text is the same, and goes when a report has none', () => {
    const note = notes.seal(first, 'shy')
    expect(notes.next(first, note, 'shy')).to.equal(note)
    const other = notes.next(first, note, 'bold')
    expect(other && notes.open(first, other)).to.equal('bold')
    expect(notes.next(first, note, undefined)).to.equal(undefined)
    expect(notes.next(first, undefined, undefined)).to.equal(undefined)
  })

  it('that cannot be opened is kept by a report without a note, and replaced by one with a note', () => {
    const lost = noteSeal({ SERVICE_SECRET, NOTE_SECRET: 'another-secret-of-notes' }).seal(first, 'shy')
    expect(notes.next(first, lost, undefined)).to.equal(lost)
    const other = notes.next(first, lost, 'bold')
    expect(other && notes.open(first, other)).to.equal('bold')
  })
})
