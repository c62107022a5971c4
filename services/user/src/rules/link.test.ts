import { expect } from 'chai'
import { grantLink, type Linked, type LinkState, revokeLink, type StoredLink } from './link.ts'

const admin = { schoolId: 'school', userId: 'admin', reach: 'school' as const }
const tutor = { schoolId: 'school', userId: 'tutor', reach: 'linked' as const }
const link = { holderId: 'tutor', overId: 'student', as: 'tutor' as const }
const stored = (active: boolean, version: number): StoredLink => ({ ...link, active, version })
const as = (role: Linked['role'], teaches = false): Linked => ({ role, teaches })
const state = (more: Partial<LinkState> = {}): LinkState => ({ link, holder: as('tutor'), over: as('student'), stored: undefined, ...more })

describe('A link', () => {
  it('is granted with version 1, again with the next one, and once while it is active', () => {
    expect(grantLink(admin, state())).to.deep.equal({
      link: stored(true, 1),
      events: [{ name: 'reach.granted', schoolId: 'school', body: { ...link, version: 1 } }],
    })
    expect(grantLink(admin, state({ stored: stored(false, 2) }))).to.deep.include({ link: stored(true, 3) })
    const active = stored(true, 3)
    expect(grantLink(admin, state({ stored: active }))).to.deep.equal({ link: active, events: [] })
  })

  it('of somebody who signs in to a child is published as such, once', () => {
    const parent = { link: { ...link, as: 'parent' as const }, holder: as('parent'), joinedName: 'Anna' }
    const { events } = grantLink(admin, state(parent)) as { events: { name: string; body: object }[] }
    expect(events.at(-1)).to.deep.equal({
      name: 'parent.linked',
      schoolId: 'school',
      body: { userId: 'tutor', name: 'Anna', studentId: 'student', linkedBy: 'admin', version: 1 },
    })
    expect(grantLink(admin, state({ joinedName: 'Tutor' })))
      .to.have.property('events')
      .with.length(1)
    expect(grantLink(admin, state({ ...parent, joinedName: undefined })))
      .to.have.property('events')
      .with.length(1)
  })

  it('is revoked with the next version, and only while it is active', () => {
    expect(revokeLink(admin, state({ stored: stored(true, 1) }))).to.deep.equal({
      link: stored(false, 2),
      events: [{ name: 'reach.revoked', schoolId: 'school', body: { ...link, version: 2 } }],
    })
    expect(revokeLink(admin, state({ stored: stored(false, 2) }))).to.equal('not_found')
    expect(revokeLink(admin, state())).to.equal('not_found')
  })

  it('needs both people within reach', () => {
    for (const decide of [grantLink, revokeLink]) {
      expect(decide(admin, state({ holder: undefined, stored: stored(true, 1) }))).to.equal('not_found')
      expect(decide(admin, state({ over: undefined, stored: stored(true, 1) }))).to.equal('not_found')
    }
  })

  it('fits a student and the role of the other person', () => {
    expect(grantLink(admin, state({ link: { ...link, as: 'parent' } }))).to.include({ field: 'as' })
    expect(grantLink(admin, state({ holder: as('parent'), over: as('tutor') }))).to.include({ field: 'as' })
    expect(grantLink(admin, state({ holder: as('parent'), link: { ...link, as: 'payer' } }))).to.have.property('events')
    expect(grantLink(admin, state({ holder: as('admin') }))).to.include({ field: 'as' })
    expect(grantLink(admin, state({ holder: as('admin', true) }))).to.have.property('events')
  })

  it('makes a tutor or a parent of nobody who is none', () => {
    const people = { student: as('student'), parent: as('parent'), tutor: as('tutor'), admin: as('admin'), teaching: as('admin', true) }
    const allowed = Object.entries(people).flatMap(([who, holder]) =>
      (['parent', 'tutor', 'payer'] as const)
        .filter((how) => 'events' in Object(grantLink(admin, state({ holder, link: { ...link, as: how } }))))
        .map((how) => `${who} as ${how}`),
    )
    expect(allowed).to.deep.equal(['parent as parent', 'parent as payer', 'tutor as tutor', 'teaching as tutor'])
  })

  it('of another tutor cannot be changed by a tutor, of a parent it can', () => {
    const ofColleague = { link: { ...link, holderId: 'colleague' }, stored: stored(true, 1) }
    expect(grantLink(tutor, state(ofColleague))).to.equal('not_found')
    expect(revokeLink(tutor, state(ofColleague))).to.equal('not_found')
    expect(
      grantLink(tutor, state({ holder: as('parent'), link: { holderId: 'parent', overId: 'student', as: 'parent' } })),
    ).to.have.property('events')
  })
})
