import { expect } from 'chai'
import { Notice, placeOf } from './inbox.ts'
import { mayOpen, pageNames, pageOf } from './pages.ts'

const id = '0190a000-0000-7000-8000-000000000001'
const reader = '0190a000-0000-7000-8000-000000000002'

describe('the register of pages', () => {
  it('gives each page an address of its own', () => {
    const paths = pageNames.map((name) => pageOf(name).path)
    expect(paths).to.deep.equal([...new Set(paths)])
  })

  it('names every page for each role that may open it', () => {
    for (const name of pageNames) {
      const { name: text, roles } = pageOf(name)
      if (typeof text !== 'string' && roles !== 'anyone') expect(Object.keys(text)).to.include.members([...roles])
    }
  })

  it('has a page for every kind of notice, and the reader of the notice may open it', () => {
    for (const role of ['admin', 'tutor', 'parent', 'student'] as const)
      for (const kind of Notice.shape.link.shape.kind.options)
        for (const about of [id, reader]) {
          const place = placeOf({ link: { kind, id: about } }, { userId: reader, gives: role === 'admin' || role === 'tutor' })
          const address = (place.split('?')[0] ?? '').replaceAll(about, ':id')
          const page = pageNames.find((name) => pageOf(name).path.replace(/:\w+/, ':id') === address)
          expect(page && mayOpen(page, role), `${kind} for a ${role}: ${place}`).to.equal(true)
        }
  })
})
