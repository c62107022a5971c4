import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { services as register, serviceNames } from '@repitbot/contracts/services'
import { GatewayConfig } from '@repitbot/gateway/config'
import { commonNames } from '@repitbot/kit/config'
import { expect } from 'chai'
import { parse } from 'yaml'
import { Config as BotConfig } from '../../bot/src/config.ts'
import { OperatorConfig } from '../../operator/src/config.ts'
import { Config as LessonConfig } from '../../services/lesson/src/config.ts'
import { Config as NotificationConfig } from '../../services/notification/src/config.ts'
import { Config as UserConfig } from '../../services/user/src/config.ts'
import { root } from '../sources.ts'
import { chart, component, podsOf, rendered, sets } from './helm.ts'

type Row = {
  operator?: boolean
  part: string
  port: number
  stores: string[]
  calls: string[]
  secrets: string[]
  settings?: boolean
  strategy?: string
}
type Values = { services: Record<string, Row>; postgresql: { config: { postgresql: { max_connections: number } } } }
const values = parse(readFileSync(join(chart, 'values.yaml'), 'utf8')) as Values
const services: string[] = serviceNames

describe('the rows of the chart', () => {
  it('are the services of the contracts on their own ports, the gateway and the operator', () => {
    const { gateway, operator, ...others } = values.services
    expect([gateway?.part, operator?.part]).to.deep.equal(['gateway', 'operator'])
    for (const [name, { port }] of Object.entries(register)) {
      const part = existsSync(join(root, 'services', name)) ? `services/${name}` : name
      expect(others[name], `add to services of charts/repitbot/values.yaml: ${name}: { part: ${part}, port: ${port}, ... }`).to.include({
        part,
        port,
      })
    }
    expect(Object.keys(others), 'rows that packages/contracts/services.ts does not name').to.have.members(services)
  })

  it('let the gateway call every service, and every service the one that signs', () => {
    for (const set of sets) {
      const [gateway] = podsOf(rendered(set).manifests).filter(({ labels }) => component(labels) === 'gateway')
      const called = env(gateway?.spec).flatMap(({ name }) => /^UPSTREAM_(.*)$/.exec(name)?.[1]?.toLowerCase() ?? [])
      expect(called, set).to.have.members(services)
    }
    for (const service of services.filter((name) => name !== 'user')) expect(values.services[service]?.calls, service).to.include('user')
  })

  it('give every service its own role, and no other the password of it', () => {
    for (const set of sets)
      for (const { labels, spec } of podsOf(rendered(set).manifests)) {
        const roles = env(spec).filter(({ name }) => name === 'POSTGRES_PASSWORD')
        expect(roles.map(({ valueFrom }) => valueFrom?.secretKeyRef?.key)).to.deep.equal(
          services.includes(component(labels)) ? [component(labels)] : [],
        )
      }
  })

  it('give each secret to those alone who need it', () => {
    const holders = {
      SERVICE_SECRET: ['gateway', 'user', 'lesson', 'notification', 'student', 'bot'],
      JWT_SECRET_KEY: ['user'],
      BOT_SECRET: ['gateway', 'user', 'bot'],
      LETTER_SECRET: ['user', 'notification'],
      NOTE_SECRET: ['lesson'],
    }
    const pods = podsOf(rendered('everything').manifests).filter(({ of }) => of.kind === 'Deployment')
    for (const [secret, expected] of Object.entries(holders))
      expect(
        pods.filter(({ spec }) => env(spec).some(({ name }) => name === secret)).map(({ labels }) => component(labels)),
        secret,
      ).to.have.members(expected)
  })

  it('set no variable that nobody reads, and none twice', () => {
    const known = new Set([
      ...commonNames,
      ...Object.keys(GatewayConfig.shape),
      ...Object.keys(OperatorConfig.shape),
      ...Object.keys(BotConfig.shape),
      ...Object.keys(UserConfig.shape),
      ...Object.keys(NotificationConfig.shape),
      ...Object.keys(LessonConfig.shape),
      'SETTINGS_WATCH',
      'SETTINGS_FILE',
    ])
    const node = ['NODE_EXTRA_CA_CERTS', 'NODE_OPTIONS']
    const added = ['DAY_START_HOUR', 'FROM_A_SECRET']
    for (const set of sets)
      for (const { labels, spec } of podsOf(rendered(set).manifests).filter(({ of }) => of.kind === 'Deployment')) {
        const names = env(spec).map(({ name }) => name)
        expect(names, component(labels)).to.deep.equal([...new Set(names)])
        expect(names.filter((name) => !known.has(name) && ![...node, ...added].includes(name))).to.deep.equal([])
      }
  })

  it('can never open more connections than the Postgres of the release takes', () => {
    for (const set of sets) {
      const { manifests } = rendered(set)
      const most = podsOf(manifests)
        .filter(({ of, spec }) => of.kind === 'Deployment' && env(spec).some(({ name }) => name === 'POSTGRES_PASSWORD'))
        .map(({ of }) => {
          const scaler = manifests.find(
            ({ kind, spec }) => /Autoscaler|ScaledObject/.test(kind) && spec.scaleTargetRef.name === of.metadata.name,
          )
          const pods: number = scaler ? (scaler.spec.maxReplicas ?? scaler.spec.maxReplicaCount) : of.spec.replicas
          return (pods + (of.spec.strategy.rollingUpdate?.maxSurge ?? 0)) * connectionsAPod
        })
      const sum = most.reduce((all, one) => all + one, 0)
      const given = parse(readFileSync(join(chart, 'ci', `${set}-values.yaml`), 'utf8')) as Partial<Values>
      const max = given.postgresql?.config?.postgresql.max_connections ?? values.postgresql.config.postgresql.max_connections
      expect(sum + forOthers, set).to.be.at.most(max)
    }
  })

  it('leave the number of pods to who scales them', () => {
    for (const set of sets)
      for (const { kind, metadata, spec } of rendered(set).manifests.filter((one) => one.kind === 'Deployment')) {
        const scaled = rendered(set).manifests.some(
          (one) => /Autoscaler|ScaledObject/.test(one.kind) && one.spec.scaleTargetRef.name === metadata.name,
        )
        expect('replicas' in spec, `${set}: ${kind} ${metadata.name}`).to.equal(!scaled)
      }
  })
})

/** As packages/kit/database.ts and outbox.ts keep it, and what migrations, a backup, the server itself and a person take. */
const connectionsAPod = 8
const forOthers = 20
type Env = { name: string; value?: string; valueFrom?: { secretKeyRef?: { name: string; key: string } } }
const env = (spec: { containers: { env?: Env[] }[] }): Env[] => spec.containers.flatMap(({ env = [] }) => env)
