import { expect } from 'chai'
import { rendered, runHelm, sets, valuesOf } from './helm.ts'

/** Values that are wrong, and words of the sentence that says so. */
const wrong: [string, string[], RegExp][] = [
  ['fewer than no pods', ['--set', 'defaults.replicas=-1'], /defaults.replicas.*minimum.*-1/s],
  ['a key that there is not', ['--set', 'services.lesson.replica=2'], /services.lesson.*replica/s],
  ['a top key that there is not', ['--set', 'postgres.enabled=true'], /'postgres' not allowed/],
  ['a port that cannot be', ['--set', 'services.lesson.port=70000'], /port.*65,?535/s],
  ['an address without a scheme', ['--set', 'publicUrl=school.example.org'], /publicUrl/],
  [
    'an external database without a host',
    ['--set', 'postgresql.enabled=false'],
    /externalDatabase.host: Expected .* such as db.example.org/,
  ],
  [
    'an external database without a secret',
    ['--set', 'postgresql.enabled=false,externalDatabase.host=db'],
    /externalDatabase.existingSecret: Expected/,
  ],
  ['an external broker without a host', ['--set', 'rabbitmq.enabled=false'], /externalRabbitmq.host: Expected/],
  ['an external Redis without a host', ['--set', 'valkey.enabled=false'], /externalRedis.host: Expected/],
  [
    'an Ingress whose proxy is not trusted',
    ['--set', 'ingress.enabled=true,ingress.host=school.example.org'],
    /trustedProxies: Expected the networks of your Ingress controller .* such as \[10.0.0.0\/8\]/,
  ],
  [
    'a route whose Gateway is not trusted',
    ['--set', 'httpRoute.enabled=true,httpRoute.parentRefs[0].name=public,httpRoute.hostnames={school.example.org}'],
    /trustedProxies: Expected/,
  ],
  ['an Ingress without a host', ['--set', 'ingress.enabled=true,trustedProxies={10.0.0.0/8}'], /ingress.host: Expected/],
  ['a route without a Gateway', ['--set', 'httpRoute.enabled=true,trustedProxies={10.0.0.0/8}'], /httpRoute.parentRefs: Expected/],
  [
    'more pods at least than at most',
    ['--set', 'services.user.autoscaling.minReplicas=9'],
    /minReplicas \(9\) not above maxReplicas \(3\)/,
  ],
  ['more connections than Postgres takes', ['--set', 'defaults.autoscaling.maxReplicas=30'], /max_connections=\d+: Expected at least \d+/],
  ['two authorities', ['--set', 'storesCa.secret=a,storesCa.configMap=b'], /storesCa: Expected .* not both/],
  ['dumps in S3 without a store', ['--set', 'backup.s3.enabled=true'], /backup.s3.endpoint: Expected .* such as https:/],
  [
    'dumps in S3 without a bucket',
    ['--set', 'backup.s3.enabled=true,backup.s3.endpoint=https://s3.example.org'],
    /backup.s3.bucket: Expected the name of a bucket/,
  ],
  [
    'dumps in S3 without keys',
    ['--set', 'backup.s3.enabled=true,backup.s3.endpoint=https://s3.example.org,backup.s3.bucket=dumps'],
    /backup.s3.existingSecret: Expected the name of a secret/,
  ],
  [
    'an S3 address with its bucket',
    ['--set', 'backup.s3.endpoint=https://s3.example.org/dumps'],
    /backup.s3.endpoint|\/backup\/s3\/endpoint/,
  ],
  ['a call to nobody', ['--set', 'services.user.calls={nobody}'], /services.user.calls: .*no such row as nobody/],
]

describe('the chart', () => {
  for (const set of sets) {
    it(`passes the strict lint with the ${set} values`, () => {
      const { status, text, error } = runHelm('lint', '--strict', ...valuesOf(set))
      expect(status, text + error).to.equal(0)
    })

    it(`renders the ${set} values twice alike, but for the secrets it makes`, () => {
      const again = runHelm('template', ...valuesOf(set))
      const first = rendered(set)
      const others = (text: string) => text.split('\n---\n').filter((one) => !one.includes('\nkind: Secret\n'))
      expect(others(again.text)).to.deep.equal(others(first.text))
    })
  }

  for (const [name, args, sentence] of wrong)
    it(`refuses ${name} with a sentence`, () => {
      const { status, error } = runHelm('template', ...args)
      expect(status).to.not.equal(0)
      expect(error).to.match(sentence)
    })

  it('makes no secret where all are given, and keeps those it makes', () => {
    const secretsOf = (set: string) => rendered(set).manifests.filter(({ kind }) => kind === 'Secret')
    expect(secretsOf('existing-secrets')).to.deep.equal([])
    const made = secretsOf('default')
    expect(made.map(({ metadata }) => metadata.name)).to.have.members(['r-repitbot-database', 'r-repitbot-platform', 'r-stores'])
    expect(made.map(({ metadata }) => metadata.annotations?.['helm.sh/resource-policy'])).to.deep.equal(['keep', 'keep', 'keep'])
  })

  it('names the migrations anew when the image or a value changes, and not otherwise', () => {
    const nameOf = (...args: string[]) => runHelm('template', ...args).manifests.find(({ kind }) => kind === 'Job')?.metadata.name
    const same = nameOf()
    expect([nameOf(), nameOf('--set', 'image.tag=2'), nameOf('--set', 'logLevel=debug')].map((name) => name === same)).to.deep.equal([
      true,
      false,
      false,
    ])
  })
})
