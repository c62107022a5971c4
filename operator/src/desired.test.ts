import { expect } from 'chai'
import fc from 'fast-check'
import { desired, isApplied, settingsKey, wasApplied } from './desired.ts'
import { annotation, type ConfigMap, type RepitBot, type Status } from './resource.ts'

const names = { configMap: 'repitbot-settings', home: 'school' }
const resource = (name: string, creationTimestamp = '2026-11-26T10:00:00Z', more: object = {}, status?: Status): RepitBot => ({
  metadata: { name, namespace: 'school', uid: `uid-${name}`, resourceVersion: '1', generation: 3, creationTimestamp, ...more },
  spec: { xp: { dailyCapXp: 900 } },
  status,
})
const payloadOf = (resources: RepitBot[]) =>
  JSON.parse(desired({ namespace: 'school', resources }, names).configMap?.data[settingsKey] ?? 'null') as { uid: string }

describe('operator: what should be', () => {
  it('takes the oldest resource whatever order they come in, and the first name of the same second', () => {
    const all = [resource('b'), resource('a'), resource('c', '2026-11-26T09:59:59Z'), resource('d', '2026-11-27T00:00:00Z')]
    fc.assert(
      fc.property(fc.shuffledSubarray(all, { minLength: 4 }), (shuffled) => {
        const { inForce, others } = desired({ namespace: 'school', resources: shuffled }, names)
        expect([inForce, ...others].map((one) => one?.metadata.name)).to.deep.equal(['c', 'a', 'b', 'd'])
      }),
    )
  })

  it('passes over a resource that is being deleted', () => {
    expect(payloadOf([resource('old', '2026-01-01T00:00:00Z', { deletionTimestamp: '2026-11-26T10:00:00Z' })]).uid).to.equal('')
  })

  it('wants nothing where it has no business: no resource, no ConfigMap, not its own namespace', () => {
    expect(desired({ namespace: 'elsewhere', resources: [] }, names).configMap).to.equal(undefined)
  })

  it('marks the ConfigMap as Helm does in its own namespace alone', () => {
    const marked = (namespace: string) =>
      desired({ namespace, resources: [resource('a')] }, { ...names, helmRelease: 'mine' }).configMap?.metadata.annotations
    expect(marked('school')).to.deep.equal({ 'meta.helm.sh/release-name': 'mine', 'meta.helm.sh/release-namespace': 'school' })
    expect(marked('elsewhere')).to.deep.equal({})
  })

  it('asks for reconcile-now until its value is told in the status', () => {
    const asked = { annotations: { [annotation.reconcileNow]: 'x' } }
    const status = { observedGeneration: 3, pods: '0/0', lastReconcileNow: 'x', conditions: [] }
    expect(desired({ namespace: 'school', resources: [resource('a', undefined, asked)] }, names).reconcileNow).to.equal('x')
    expect(desired({ namespace: 'school', resources: [resource('a', undefined, asked, status)] }, names).reconcileNow).to.equal(undefined)
  })

  it('is content with a ConfigMap that holds more than ours, and not with one that holds less', () => {
    const want = desired({ namespace: 'school', resources: [resource('a')] }, { ...names, helmRelease: 'mine' }).configMap!
    const metadata = { ...resource('x').metadata, ...want.metadata }
    const more: ConfigMap = {
      metadata: { ...metadata, labels: { ...want.metadata.labels, of: 'another' } },
      data: { ...want.data, other: '1' },
    }
    expect(isApplied(more, want)).to.equal(true)
    expect(isApplied({ ...more, data: { other: '1' } }, want)).to.equal(false)
    expect(isApplied({ ...more, metadata: { ...metadata, annotations: {} } }, want)).to.equal(false)
    expect(isApplied(undefined, want)).to.equal(false)
  })

  it('takes a difference for another hand only when these settings were applied before', () => {
    const told = (observedGeneration: number, isSo: 'True' | 'False'): Status => ({
      observedGeneration,
      pods: '0/0',
      conditions: [{ type: 'ConfigApplied', status: isSo, observedGeneration, lastTransitionTime: '', reason: '', message: '' }],
    })
    expect(wasApplied(resource('a', undefined, {}, told(3, 'True')))).to.equal(true)
    expect(wasApplied(resource('a', undefined, {}, told(2, 'True')))).to.equal(false)
    expect(wasApplied(resource('a', undefined, {}, told(3, 'False')))).to.equal(false)
    expect(wasApplied(resource('a'))).to.equal(false)
  })
})
