import { expect } from 'chai'
import { mergeDrafts, onlyNew, toDrafts } from './draft.ts'
import type { About } from './notice.ts'

const now = new Date('2025-11-01T10:00:00Z')
const source = { schoolId: 'school', correlationId: 'request' }
const about: About = {
  studentId: 'masha',
  tutorId: 'tutor',
  entity: 'lesson',
  version: 3,
  link: { kind: 'lesson', id: 'lesson' },
  params: { subject: 'Algebra', topic: undefined },
}
const parents = new Map([
  ['masha', ['mother', 'father']],
  ['petya', ['mother']],
])
const everybody = { to: ['student', 'parent', 'tutor'] as const, parents, now }

describe('drafts of notices', () => {
  it('are one for the student, each parent and the tutor, with a key of code, thing, version and recipient', () => {
    const drafts = toDrafts('lesson_moved', source, [about], everybody)
    expect(drafts.map(({ dedupeKey }) => dedupeKey)).to.deep.equal([
      'lesson_moved:lesson:3:masha',
      'lesson_moved:lesson:3:mother:masha',
      'lesson_moved:lesson:3:father:masha',
      'lesson_moved:lesson:3:tutor',
    ])
    expect(drafts[0])
      .to.include({ ...source, audience: 'student', aboutId: 'masha' })
      .and.to.deep.include({ params: { subject: 'Algebra' } })
  })

  it('are for a parent one about each child, and for the tutor one for all', () => {
    const drafts = toDrafts('lesson_moved', source, [about, { ...about, studentId: 'petya' }], everybody)
    expect(drafts.filter(({ recipientId }) => recipientId === 'mother').map(({ aboutId }) => aboutId)).to.deep.equal(['masha', 'petya'])
    expect(drafts.filter(({ recipientId }) => recipientId === 'tutor').map(({ aboutId }) => aboutId)).to.deep.equal([null])
  })

  it('leave out who did it, what is for parents only, and what has ended', () => {
    const drafts = toDrafts('lesson_cancelled', source, [{ ...about, by: 'mother', forParents: { chargePercent: 50 } }], everybody)
    expect(drafts.map(({ recipientId, params }) => [recipientId, params.chargePercent])).to.deep.equal([
      ['masha', undefined],
      ['father', 50],
      ['tutor', undefined],
    ])
    expect(toDrafts('lesson_moved', source, [{ ...about, expiresAt: now.toISOString() }], everybody)).to.deep.equal([])
  })

  it('of one series add up, the earliest lesson first, and end with the last; others are kept once', () => {
    const each = (startsAt: string) =>
      toDrafts('lesson_moved', source, [{ ...about, params: { startsAt, seriesId: 'series', count: 1 }, expiresAt: startsAt }], {
        ...everybody,
        to: ['student'],
      })
    const [one, ...others] = mergeDrafts(['2025-11-20', '2025-11-06', '2025-11-13'].flatMap(each))
    expect(others).to.deep.equal([])
    expect(one?.expiresAt).to.equal('2025-11-20')
    expect(one).to.deep.include({
      params: { startsAt: '2025-11-06', seriesId: 'series', count: 3 },
      link: { kind: 'series', id: 'series' },
    })
    expect(
      mergeDrafts([...toDrafts('lesson_moved', source, [about], everybody), ...toDrafts('lesson_moved', source, [about], everybody)]),
    ).to.have.length(4)
  })

  it('are left out when they say the same as the last notice that the recipient had on the thing', () => {
    const drafts = toDrafts('lesson_corrected', source, [about], everybody)
    const earlier = { entity: 'lesson', recipientId: 'masha', aboutId: 'masha' }
    const recipients = (params: Record<string, string>) => onlyNew(drafts, [{ ...earlier, params }]).map(({ recipientId }) => recipientId)
    expect(recipients({ subject: 'Algebra' })).to.deep.equal(['mother', 'father', 'tutor'])
    expect(recipients({ subject: 'Geometry' })).to.include('masha')
  })
})
