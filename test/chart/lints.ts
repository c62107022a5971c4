import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { stringify } from 'yaml'
import { component, type Manifest, rendered, sets } from './helm.ts'

// kube-score and checkov over every set of values. What is found must be an exception of the README of the chart, and every
// exception must be needed. Both programs are looked for on the PATH: `go install github.com/zegl/kube-score/cmd/kube-score@v1.20.0`,
// `pip install checkov`.

/** Findings that stay, and whose; the reasons stand in charts/repitbot/README.md. */
const exceptions: Record<string, (of: { kind: string; component: string; set: string }) => boolean> = {
  'container-resources': () => true,
  'container-image-pull-policy': () => true,
  'deployment-has-host-podantiaffinity': () => true,
  'deployment-has-poddisruptionbudget': ({ set }) => set !== 'ha',
  'deployment-replicas': ({ set }) => set !== 'ha',
  'horizontalpodautoscaler-replicas': ({ set }) => set !== 'ha',
  'deployment-strategy': ({ component: of, set }) => of === 'bot' && set !== 'ha',
  'service-type': ({ component: of, set }) => of === 'gateway' && set === 'single-node',
  'networkpolicy-targets-pod': (of) => of.component.startsWith('store-'),
  'container-security-context-user-group-id': (of) => ['backup', 'restore'].includes(of.component),
  CKV_K8S_11: () => true,
  CKV_K8S_15: () => true,
  CKV_K8S_43: () => true,
  CKV_K8S_35: () => true,
  CKV_K8S_40: (of) => ['backup', 'restore'].includes(of.component),
  CKV_K8S_8: (of) => of.kind === 'Pod' && of.component === 'test',
  CKV_K8S_9: (of) => of.kind === 'Pod' && of.component === 'test',
}
type Finding = { rule: string; kind: string; name: string; message: string }

/** What kube-score gives to what it likes. */
const fine = 10
const folder = mkdtempSync(join(tmpdir(), 'repitbot-lints-'))
const needed = new Set<string>()
let faults = 0
for (const set of sets) {
  const ours = rendered(set).manifests.filter(({ metadata }) => metadata.labels?.['app.kubernetes.io/part-of'] === 'repitbot')
  const file = join(folder, `${set}.yaml`)
  writeFileSync(file, ours.map((one) => `---\n${stringify(one, { version: '1.1' })}`).join(''))
  const found = [...scored(file), ...checked(file)]
  const others = found.filter((finding) => !isExcepted(finding, ours, set))
  console.log(`${others.length ? 'FAILED' : 'ok    '}  ${set}: ${found.length - others.length} excepted, ${others.length} others`)
  for (const { rule, kind, name, message } of others) console.log(`  ${rule} ${kind} ${name}: ${message}`)
  faults += others.length
}
rmSync(folder, { recursive: true })
const idle = Object.keys(exceptions).filter((rule) => !needed.has(rule))
for (const rule of idle) console.log(`FAILED  nothing needs the exception ${rule} any more`)
process.exitCode = faults + idle.length > 0 ? 1 : 0

function isExcepted({ rule, kind, name }: Finding, ours: Manifest[], set: string): boolean {
  const of = ours.find((one) => one.kind === kind && one.metadata.name === name)
  const may = exceptions[rule]?.({ kind, component: component(of?.metadata.labels), set }) ?? false
  if (may) needed.add(rule)
  return may
}

type Scored = {
  object_meta: { name: string }
  type_meta: { kind: string }
  checks: { check: { id: string }; grade: number; skipped: boolean; comments: { summary: string }[] | null }[]
}
function scored(file: string): Finding[] {
  const objects = JSON.parse(output('kube-score', ['score', '--output-format', 'json', file])) as Scored[]
  return objects.flatMap(({ object_meta: { name }, type_meta: { kind }, checks }) =>
    checks
      .filter(({ grade, skipped }) => !skipped && grade < fine)
      .map(({ check: { id: rule }, comments }) => ({ rule, kind, name, message: comments?.[0]?.summary ?? '' })),
  )
}

type Checked = { results: { failed_checks: { check_id: string; check_name: string; resource: string }[] } }
function checked(file: string): Finding[] {
  const { results } = JSON.parse(
    output('checkov', ['--framework', 'kubernetes', '--quiet', '--compact', '--output', 'json', '--file', file]),
  ) as Checked
  return results.failed_checks.map(({ check_id: rule, check_name: message, resource }) => {
    const [kind = '', , ...name] = resource.split('.')
    return { rule, kind, name: name.join('.'), message }
  })
}

/** Both programs answer with an error code when they find something. */
function output(program: string, args: string[]): string {
  const { stdout, stderr, error } = spawnSync(program, args, { encoding: 'utf8', maxBuffer: 256 * 1024 * 1024 })
  if (error || !stdout) throw new Error(`${program} cannot be run: ${error?.message ?? stderr}`)
  return stdout
}
