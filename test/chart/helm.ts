import { spawnSync } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, readdirSync } from 'node:fs'
import { homedir } from 'node:os'
import { join } from 'node:path'
import { parseAllDocuments } from 'yaml'
import { root } from '../sources.ts'

/** The fields of a Kubernetes object that the tests read; objects have others too. */
export type Manifest = {
  apiVersion: string
  kind: string
  metadata: { name: string; namespace?: string; labels: Record<string, string>; annotations?: Record<string, string> }
  // biome-ignore lint/suspicious/noExplicitAny: Kubernetes has hundreds of kinds, and the tests walk over all of them
  [part: string]: any
}
export type Rendered = { status: number | null; text: string; error: string; manifests: Manifest[] }

export const tools = join(process.env.XDG_CACHE_HOME ?? join(homedir(), '.cache'), 'repitbot', 'tools')
/** HELM names another one, such as a Helm 3. */
const helm = process.env.HELM ?? join(tools, 'helm')
export const chart = join(root, 'charts/repitbot')
export const sets = readdirSync(join(chart, 'ci')).map((file) => file.replace(/-values\.yaml$/, ''))
export const valuesOf = (set: string): string[] => ['--values', join(chart, 'ci', `${set}-values.yaml`)]

let copied: string | undefined
/** The chart with stand-ins for the store charts, which say only what ours asks them for: their names and labels. */
function copy(): string {
  if (copied) return copied
  mkdirSync(join(root, '.scratch'), { recursive: true })
  const folder = mkdtempSync(join(root, '.scratch', 'chart-'))
  cpSync(chart, folder, { recursive: true })
  cpSync(join(import.meta.dirname, 'stand-ins'), join(folder, 'charts'), { recursive: true })
  copied = folder
  return folder
}

export function runHelm(verb: string, ...args: string[]): Rendered {
  const command = verb === 'template' ? ['template', 'r', copy(), '--namespace', 'school', '--kube-version', '1.34.0'] : [verb, copy()]
  const { status, stdout, stderr, error } = spawnSync(helm, [...command, ...args], { encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 })
  if (error) throw new Error(`Helm cannot be run (bash test/chart/install.sh brings it): ${error.message}`)
  const documents = verb === 'template' && status === 0 ? parseAllDocuments(stdout, { uniqueKeys: true }) : []
  for (const { errors } of documents) if (errors[0]) throw errors[0]
  return { status, text: stdout, error: stderr, manifests: documents.map((one) => one.toJS() as Manifest).filter(Boolean) }
}

const memory = new Map<string, Rendered>()
/** What a set of values gives; each is rendered once a run. */
export function rendered(set: string): Rendered {
  const rendered = memory.get(set) ?? runHelm('template', ...valuesOf(set))
  memory.set(set, rendered)
  if (rendered.status !== 0) throw new Error(`${set}: ${rendered.error}`)
  return rendered
}

type PodSpec = Manifest['spec']
/** Every pod that a release makes, with the labels it wears. */
export const podsOf = (manifests: Manifest[]): { of: Manifest; labels: Record<string, string>; spec: PodSpec }[] =>
  manifests.flatMap((of) => {
    const template = of.kind === 'Pod' ? of : (of.spec?.jobTemplate?.spec?.template ?? of.spec?.template)
    return template?.spec?.containers ? [{ of, labels: template.metadata.labels, spec: template.spec }] : []
  })
export const component = (labels: Record<string, string> = {}): string => labels['app.kubernetes.io/component'] ?? ''
