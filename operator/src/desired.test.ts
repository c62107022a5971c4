import { expect } from 'chai'
import fc from 'fast-check'
import { desiredState, isApplied, settingsKey, wasApplied } from './desired.ts'
import { annotation, type ConfigMap, type RepitBot, type Status } from './resource.ts'

const names = { configMap: 'repitbot-settings', home: 'school' }
const resource = (name: string, creationTimestamp = '2026-11-26T10:00:00Z', more: object = {}, status?: Status): RepitBot => ({
  metadata: { name, namespace: 'school', uid: `uid-${name}`, resourceVersion: '1', generation: 3, creationTimestamp, ...more },
  spec: { xp: { dailyCapXp: 900 } },
  status,
})
const payloadOf = (resources: RepitBot[]) =>
  JSON.parse(desiredState({ namespace: 'school', resources }, names).configMap?.data[settingsKey] ?? 'null') as { uid: string }

describe('operator: the desired state', () => {
  it('takes the oldest resource in whatever order they come, and of the same second the first by name', () => {
    const all = [resource('b'), resource('a'), resource('c', '2026-11-26T09:59:59Z'), resource('d', '2026-11-27T00:00:00Z')]
    fc.assert(
      fc.property(fc.shuffledSubarray(all, { minLength: 4 }), (shuffled) => {
        const { active, others } = desiredState({ namespace: 'school', resources: shuffled }, names)
        expect([active, ...others].map((one) => one?.metadata.name)).to.deep.equal(['c', 'a', 'b', 'd'])
      }),
    )
  })

  it('ignores a resource that is being deleted', () => {
    expect(payloadOf([resource('old', '2026-01-01T00:00:00Z', { deletionTimestamp: '2026-11-26T10:00:00Z' })]).uid).to.equal('')
  })

  it('has no ConfigMap in a foreign namespace without a resource and a ConfigMap', () => {
    expect(desiredState({ namespace: 'elsewhere', resources: [] }, names).configMap).to.equal(undefined)
  })

  it('gives the ConfigMap the labels of Helm only in its own namespace', () => {
    const marked = (namespace: string) =>
      desiredState({ namespace, resources: [resource('a')] }, { ...names, helmRelease: 'mine' }).configMap?.metadata.annotations
    expect(marked('school')).to.deep.equal({ 'meta.helm.sh/release-name': 'mine', 'meta.helm.sh/release-namespace': 'school' })
    expect(marked('elsewhere')).to.deep.equal({})
  })

  it('asks for reconcile-now until its value is in the status', () => {
    const metadata = { annotations: { [annotation.reconcileNow]: 'x' } }
    const status = { observedGeneration: 3, pods: '0/0', lastReconcileNow: 'x', conditions: [] }
    expect(desiredState({ namespace: 'school', resources: [resource('a', undefined, metadata)] }, names).reconcileNow).to.equal('x')
    expect(desiredState({ namespace: 'school', resources: [resource('a', undefined, metadata, status)] }, names).reconcileNow).to.equal(
      undefined,
    )
  })

  it('accepts a ConfigMap that holds more than is desired, and none that holds less', () => {
    const wanted = desiredState({ namespace: 'school', resources: [resource('a')] }, { ...names, helmRelease: 'mine' }).configMap!
    const metadata = { ...resource('x').metadata, ...wanted.metadata }
    const more: ConfigMap = {
      metadata: { ...metadata, labels: { ...wanted.metadata.labels, of: 'another' } },
      data: { ...wanted.data, other: '1' },
    }
    expect(isApplied(more, wanted)).to.equal(true)
    expect(isApplied({ ...more, data: { other: '1' } }, wanted)).to.equal(false)
    expect(isApplied({ ...more, metadata: { ...metadata, annotations: {} } }, wanted)).to.equal(false)
    expect(isApplied(undefined, wanted)).to.equal(false)
  })

  it('treats a difference as drift only when these settings were applied before', () => {
    const statusWith = (observedGeneration: number, applied: 'True' | 'False'): Status => ({
      observedGeneration,
      pods: '0/0',
      conditions: [{ type: 'ConfigApplied', status: applied, observedGeneration, lastTransitionTime: '', reason: '', message: '' }],
    })
    expect(wasApplied(resource('a', undefined, {}, statusWith(3, 'True')))).to.equal(true)
    expect(wasApplied(resource('a', undefined, {}, statusWith(2, 'True')))).to.equal(false)
    expect(wasApplied(resource('a', undefined, {}, statusWith(3, 'False')))).to.equal(false)
    expect(wasApplied(resource('a'))).to.equal(false)
  })
})
