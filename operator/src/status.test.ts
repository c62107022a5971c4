import { expect } from 'chai'
import type { RepitBot, Status } from './resource.ts'
import { isTold, type Seen, statusOf } from './status.ts'

const resource = (status?: Status): RepitBot => ({
  metadata: { name: 'a', namespace: 'school', uid: 'u', resourceVersion: '1', generation: 7, creationTimestamp: '2026-11-26T10:00:00Z' },
  status,
})
const seen = (more: Partial<Seen> = {}): Seen => ({ isPaused: false, count: { there: 18, all: 18 }, configMap: 'live', ...more })
const at = (text: string) => new Date(`2026-11-26T${text}Z`)
const condition = (status: Status, type: string) => status.conditions.find((one) => one.type === type)

describe('operator: the status', () => {
  it('says how many pods are at the generation', () => {
    const status = statusOf(resource(), seen({ count: { there: 3, all: 18 } }), at('10:00:00'))
    expect(status.pods).to.equal('3/18')
    expect(condition(status, 'Propagated')).to.include({ status: 'False', message: '3/18 pods at generation 7' })
    expect(condition(status, 'Ready')?.status).to.equal('False')
  })

  it('keeps the time of a condition that stays what it was, though its words change', () => {
    const before = statusOf(resource(), seen({ count: { there: 3, all: 18 } }), at('10:00:00'))
    const after = statusOf(resource(before), seen({ count: { there: 4, all: 18 } }), at('10:00:05'))
    expect(condition(after, 'Propagated')?.lastTransitionTime).to.equal('2026-11-26T10:00:00Z')
    const done = statusOf(resource(after), seen(), at('10:00:09'))
    expect(condition(done, 'Propagated')?.lastTransitionTime).to.equal('2026-11-26T10:00:09Z')
  })

  it('is written only when it says something new', () => {
    const status = statusOf(resource(), seen(), at('10:00:00'))
    const shuffled = { ...status, conditions: status.conditions.toReversed() }
    expect(isTold(resource(shuffled), statusOf(resource(shuffled), seen(), at('11:00:00')))).to.equal(true)
    expect(isTold(resource(status), statusOf(resource(status), seen({ isPaused: true }), at('11:00:00')))).to.equal(false)
  })

  for (const [name, more, told] of [
    [
      'an older resource',
      { older: 'first' },
      { ConfigApplied: 'AnotherResource', Propagated: 'AnotherResource', Ready: 'AnotherResource' },
    ],
    ['a ConfigMap that cannot be written', { fault: 'no' }, { ConfigApplied: 'ApplyFailed', Propagated: 'EveryPod', Ready: 'ApplyFailed' }],
    ['a pause', { isPaused: true }, { ConfigApplied: 'Paused', Propagated: 'EveryPod', Ready: 'Paused' }],
  ] as [string, Partial<Seen>, object][])
    it(`is not ready with ${name}, and says why`, () => {
      const status = statusOf(resource(), seen(more), at('10:00:00'))
      expect(Object.fromEntries(status.conditions.map(({ type, reason }) => [type, reason]))).to.deep.equal(told)
      expect(condition(status, 'Ready')?.status).to.equal('False')
    })
})
