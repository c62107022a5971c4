import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { isMap, isScalar, type Pair, parseDocument, type Scalar, type YAMLMap } from 'yaml'
import { root } from '../sources.ts'

const chart = join(root, 'charts/repitbot')
const readme = join(chart, 'README.md')
const [begin, end] = ['<!-- values: made by `make format` -->\n', '<!-- /values -->']
/** The rows of processes: the README tells of a row's keys itself. */
const withoutValue = ['services']

export type Value = { path: string; value: string; comment: string }

/** Every value of values.yaml with its default and the comment above it. */
export function values(): Value[] {
  return walked(parseDocument(readFileSync(join(chart, 'values.yaml'), 'utf8')).contents as YAMLMap<Scalar<string>>, '')
}

function walked(map: YAMLMap<Scalar<string>>, path: string): Value[] {
  // The comment above the first key of a map is kept with the map, and blank lines divide one from the title of what follows.
  return map.items.flatMap((pair, at) => {
    const here = path + pair.key.value
    const above = pair.key.commentBefore ?? (at === 0 ? map.commentBefore : undefined) ?? ''
    const comment = above
      .split('\n')
      .map((line) => line.trim())
      .join(' ')
      .trim()
    const inner =
      isMap(pair.value) && !pair.value.flow && !withoutValue.includes(here) ? walked(pair.value as YAMLMap<Scalar<string>>, `${here}.`) : []
    const own = { path: here, value: inner.length || withoutValue.includes(here) ? '' : valueText(pair), comment }
    return inner.length && !comment ? inner : [own, ...inner]
  })
}

function valueText({ value }: Pair): string {
  if (isScalar(value) && typeof value.value === 'string' && value.value.includes('\n')) return 'a script'
  return JSON.stringify(isScalar(value) ? value.value : (value as YAMLMap).toJSON())
}

/** The README with its table as values.yaml says. */
export function tabled(): { is: string; should: string } {
  const is = readFileSync(readme, 'utf8')
  const cell = (text: string) => text.replaceAll('|', '\\|')
  const rows = values().map(({ path, value, comment }) => `| \`${path}\` | ${value && `\`${cell(value)}\``} | ${cell(comment)} |`)
  const table = ['| Value | Default | What |', '|---|---|---|', ...rows].join('\n')
  const [before, after] = [is.slice(0, is.indexOf(begin) + begin.length), is.slice(is.indexOf(end))]
  return { is, should: `${before}\n${table}\n\n${after}` }
}

if (import.meta.main) writeFileSync(readme, tabled().should)
