import { expect } from 'chai'
import type { RepitBot, Status } from './resource.ts'
import { isUpToDate, type Observation, statusOf } from './status.ts'

const resource = (status?: Status): RepitBot => ({
  metadata: { name: 'a', namespace: 'school', uid: 'u', resourceVersion: '1', generation: 7, creationTimestamp: '2026-11-26T10:00:00Z' },
  status,
})
const observation = (more: Partial<Observation> = {}): Observation => ({
  isPaused: false,
  count: { updated: 18, total: 18 },
  configMap: 'live',
  ...more,
})
const at = (text: string) => new Date(`2026-11-26T${text}Z`)
const condition = (status: Status, type: string) => status.conditions.find((one) => one.type === type)

describe('operator: the status', () => {
  it('says how many pods are at the generation', () => {
    const status = statusOf(resource(), observation({ count: { updated: 3, total: 18 } }), at('10:00:00'))
    expect(status.pods).to.equal('3/18')
    expect(condition(status, 'Propagated')).to.include({ status: 'False', message: '3/18 pods at generation 7' })
    expect(condition(status, 'Ready')?.status).to.equal('False')
  })

  it('keeps the transition time of a condition whose status stays the same, even if its message changes', () => {
    const before = statusOf(resource(), observation({ count: { updated: 3, total: 18 } }), at('10:00:00'))
    const after = statusOf(resource(before), observation({ count: { updated: 4, total: 18 } }), at('10:00:05'))
    expect(condition(after, 'Propagated')?.lastTransitionTime).to.equal('2026-11-26T10:00:00Z')
    const done = statusOf(resource(after), observation(), at('10:00:09'))
    expect(condition(done, 'Propagated')?.lastTransitionTime).to.equal('2026-11-26T10:00:09Z')
  })

  it('is up to date when nothing but the order of its conditions differs', () => {
    const status = statusOf(resource(), observation(), at('10:00:00'))
    const shuffled = { ...status, conditions: status.conditions.toReversed() }
    expect(isUpToDate(resource(shuffled), statusOf(resource(shuffled), observation(), at('11:00:00')))).to.equal(true)
    expect(isUpToDate(resource(status), statusOf(resource(status), observation({ isPaused: true }), at('11:00:00')))).to.equal(false)
  })

  for (const [name, more, reasons] of [
    [
      'an older resource',
      { older: 'first' },
      { ConfigApplied: 'AnotherResource', Propagated: 'AnotherResource', Ready: 'AnotherResource' },
    ],
    ['a ConfigMap that cannot be written', { fault: 'no' }, { ConfigApplied: 'ApplyFailed', Propagated: 'EveryPod', Ready: 'ApplyFailed' }],
    ['a pause', { isPaused: true }, { ConfigApplied: 'Paused', Propagated: 'EveryPod', Ready: 'Paused' }],
  ] as [string, Partial<Observation>, object][])
    it(`is not ready with ${name}, and says why`, () => {
      const status = statusOf(resource(), observation(more), at('10:00:00'))
      expect(Object.fromEntries(status.conditions.map(({ type, reason }) => [type, reason]))).to.deep.equal(reasons)
      expect(condition(status, 'Ready')?.status).to.equal('False')
    })
})
