import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { serviceNames } from '@repitbot/contracts/services'
import { expect } from 'chai'
import { parse } from 'yaml'
import { operatorRules, readerRules } from '../e2e/rights.ts'
import { chart, component, type Manifest, podsOf, rendered, runHelm, sets, valuesOf } from './helm.ts'

type Row = {
  port: number
  stores: string[]
  calls: string[]
  secrets: string[]
  settings?: boolean
  operator?: boolean
  public?: boolean
  internet?: boolean
}
const { services: rows } = parse(readFileSync(join(chart, 'values.yaml'), 'utf8')) as { services: Record<string, Row> }
// Who is public calls every service, whichever there are.
for (const row of Object.values(rows)) if (row.public) row.calls = [...serviceNames]
const ours = (manifests: Manifest[]) => manifests.filter(({ metadata }) => metadata.labels?.['app.kubernetes.io/part-of'] === 'repitbot')
/** The secrets of Telegram and mail, where they were configured. */
const given = (set: string) => [
  'service',
  'signing',
  'bot',
  'letter',
  'note',
  ...(['everything', 'ha'].includes(set) ? ['telegram'] : []),
  ...(set === 'everything' ? ['mail'] : []),
]
const storePorts: Record<string, number[]> = { database: [5432], broker: [5672, 5671], redis: [6379] }

describe('what the chart lets nobody do', () => {
  for (const set of sets) {
    const watches = set !== 'locked-down'

    it(`every pod passes Pod Security "restricted" (${set})`, () => {
      for (const { of, spec } of podsOf(ours(rendered(set).manifests))) {
        const { securityContext: pod } = spec
        expect(pod, of.metadata.name).to.include({ runAsNonRoot: true })
        expect(pod.runAsUser, 'a numeric user').to.be.a('number').and.to.be.above(0)
        expect(pod.seccompProfile).to.deep.equal({ type: 'RuntimeDefault' })
        expect([spec.hostNetwork, spec.hostPID, spec.hostIPC]).to.deep.equal([undefined, undefined, undefined])
        expect(spec.enableServiceLinks).to.equal(false)
        for (const { securityContext } of [...spec.containers, ...(spec.initContainers ?? [])])
          expect(securityContext).to.deep.equal({
            allowPrivilegeEscalation: false,
            readOnlyRootFilesystem: true,
            capabilities: { drop: ['ALL'] },
          })
        for (const volume of spec.volumes ?? []) expect(Object.keys(volume).filter((key) => key === 'hostPath')).to.deep.equal([])
      }
    })

    it(`only who talks to the API server has a token for it (${set})`, () => {
      for (const { labels, spec } of podsOf(ours(rendered(set).manifests))) {
        expect(spec.automountServiceAccountToken).to.equal(false)
        const tokens = (spec.volumes ?? []).filter(({ projected }: { projected?: object }) => projected)
        const row = rows[component(labels)]
        expect(tokens.length, component(labels)).to.equal(row?.operator || (row?.settings && watches) ? 1 : 0)
      }
    })

    it(`no rule has a wildcard, reads secrets or reaches beyond the namespace (${set})`, () => {
      const kinds = ours(rendered(set).manifests).filter(({ kind }) => /Role/.test(kind))
      expect(kinds.filter(({ kind }) => kind.startsWith('Cluster')).map(({ metadata }) => metadata.name)).to.deep.equal([])
      for (const { metadata, rules = [] } of kinds)
        for (const { apiGroups, resources, verbs } of rules) {
          expect([...apiGroups, ...resources, ...verbs], metadata.name).to.not.include('*')
          expect(resources).to.not.include('secrets')
        }
    })

    it(`a pod of a service reads the secrets of its row and no others (${set})`, () => {
      for (const { of, labels, spec } of podsOf(rendered(set).manifests).filter((one) => one.of.kind === 'Deployment')) {
        const row = rows[component(labels)] as Row
        const secrets = {
          service: 'SERVICE_SECRET',
          signing: 'JWT_SECRET_KEY',
          bot: 'BOT_SECRET',
          letter: 'LETTER_SECRET',
          note: 'NOTE_SECRET',
          telegram: 'BOT_TOKEN',
          mail: 'SMTP_URL',
        }
        const stores = { database: 'POSTGRES_PASSWORD', broker: 'RABBITMQ_DEFAULT_PASS', redis: 'REDIS_PASSWORD' }
        const may = [
          ...row.secrets.filter((one) => given(set).includes(one)).map((one) => secrets[one as 'service']),
          ...row.stores.map((one) => stores[one as 'broker']),
        ]
        const reads = spec.containers[0].env
          .filter(({ valueFrom }: { valueFrom?: { secretKeyRef?: object } }) => valueFrom?.secretKeyRef)
          .map(({ name }: { name: string }) => name)
        expect(
          reads.filter((name: string) => name !== 'FROM_A_SECRET'),
          of.metadata.name,
        ).to.have.members(may)
        expect(spec.containers[0].envFrom).to.equal(undefined)
      }
    })

    it(`a pod is reached by those who declare to call it, and reaches what it declares (${set})`, () => {
      const policies = rendered(set).manifests.filter(({ kind }) => kind === 'NetworkPolicy')
      const there = Object.fromEntries(Object.entries(rows).filter(([name]) => name !== 'operator' || set !== 'locked-down'))
      for (const [name, row] of Object.entries(there)) {
        const policy = policies.find(({ metadata }) => component(metadata.labels) === name) as Manifest
        expect(policy.spec.policyTypes).to.deep.equal(['Ingress', 'Egress'])
        const http = policy.spec.ingress.filter(({ ports }: Edge) => ports[0]?.port === 'http') as Edge[]
        const callers = Object.keys(there).filter(
          (caller) => there[caller]?.calls.includes(name) || (there[caller]?.operator && row.settings),
        )
        if (!row.public)
          expect(
            http.flatMap(({ from }) => peers(from)),
            name,
          ).to.have.members(callers)
        const egress = policy.spec.egress as Edge[]
        const api = row.operator || (row.settings && watches) ? [443, 6443] : []
        const reached = egress.flatMap(({ ports }) => ports.map(({ port }) => Number(port)))
        const may = [
          53,
          ...(row.operator ? Object.values(rows).flatMap(({ settings, port }) => (settings ? [port] : [])) : []),
          ...row.calls.map((called) => rows[called]?.port ?? 0),
          ...row.stores.flatMap((store) => storePorts[store] ?? []),
          ...api,
          ...(row.internet ? [443, 465, 587] : []),
        ]
        expect(
          reached.filter((port) => !may.includes(port)),
          name,
        ).to.deep.equal([])
        for (const called of row.calls)
          expect(
            egress.flatMap(({ to }) => peers(to)),
            name,
          ).to.include(called)
      }
    })

    it(`every pod of ours has a network policy (${set})`, () => {
      const chosen = rendered(set)
        .manifests.filter(({ kind }) => kind === 'NetworkPolicy')
        .map(({ spec }) => component(spec.podSelector.matchLabels))
      for (const { labels } of podsOf(ours(rendered(set).manifests))) expect(chosen).to.include(component(labels))
    })
  }

  it('the operator and the pods may do what the tests on a cluster give them, and no more', () => {
    const rules = (name: string) =>
      rendered('default').manifests.find(({ kind, metadata }) => kind === 'Role' && metadata.name === name)?.rules
    expect(rules('r-repitbot-operator')).to.deep.equal(operatorRules('r-repitbot-settings', 'r-repitbot-operator'))
    expect(rules('r-repitbot-settings')).to.deep.equal(readerRules('r-repitbot-settings'))
  })

  it('every pod that uses a store or S3 by TLS has the file of its certificate authority', () => {
    const { manifests } = runHelm('template', ...valuesOf('external'), ...valuesOf('s3'), '--set', 'storesCa.configMap=')
    const speakers = podsOf(ours(manifests)).flatMap(({ labels, spec }) =>
      [...(spec.initContainers ?? []), ...spec.containers].map((one) => ({ of: component(labels), volumes: spec.volumes, ...one })),
    )
    expect(new Set(speakers.map(({ of }) => of))).to.include.all.keys('lesson', 'gateway', 'migrate', 'backup', 'restore', 'test')
    for (const { of, env, volumeMounts, volumes } of speakers) {
      const value = (name: string) => env.find((one: { name: string }) => one.name === name)?.value
      expect(value('NODE_EXTRA_CA_CERTS') ?? value('PGSSLROOTCERT'), of).to.equal('/etc/repitbot/ca/ca.crt')
      expect(volumeMounts, of).to.deep.include({ name: 'ca', mountPath: '/etc/repitbot/ca', readOnly: true })
      expect(volumes, of).to.deep.include({ name: 'ca', secret: { secretName: 'our-ca' } })
      for (const name of ['POSTGRES_TLS', 'RABBITMQ_TLS', 'REDIS_TLS']) expect(value(name) ?? 'on', of).to.equal('on')
      expect(value('PGSSLMODE') ?? 'verify-full', of).to.equal('verify-full')
    }
  })

  it('the jobs of a backup reach the database, and S3 only where dumps are kept there', () => {
    const reached = (set: string) =>
      rendered(set)
        .manifests.filter(({ kind, metadata }) => kind === 'NetworkPolicy' && ['backup', 'restore'].includes(component(metadata.labels)))
        .map(({ spec }) => spec.egress.flatMap(({ ports }: Edge) => ports.map(({ port }) => Number(port))))
    expect(reached('everything')).to.deep.equal([
      [53, 53, 5432],
      [53, 53, 5432],
    ])
    expect(reached('s3')).to.deep.equal([
      [53, 53, 5432, 9000],
      [53, 53, 5432, 9000],
    ])
  })

  it('a store of the release is opened by who keeps something there alone', () => {
    const policies = rendered('default').manifests.filter(({ metadata }) => component(metadata.labels).startsWith('store-'))
    for (const { metadata, spec } of policies) {
      const store = component(metadata.labels).slice('store-'.length)
      const from = spec.ingress.filter(({ ports }: Edge) => ports).flatMap(({ from: who }: Edge) => peers(who))
      const keepers = Object.keys(rows).filter((name) => rows[name]?.stores.includes(store))
      expect(from).to.have.members(store === 'database' ? [...keepers, 'migrate', 'test'] : keepers)
    }
    expect(policies).to.have.length(3)
  })
})

type Peer = { podSelector?: { matchLabels?: Record<string, string> } }
type Edge = { ports: { port: number | string }[]; from?: Peer[]; to?: Peer[] }
const peers = (of: Peer[] = []) => of.map(({ podSelector }) => component(podSelector?.matchLabels))
