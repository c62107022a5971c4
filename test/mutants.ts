import { spawnSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { scratchCopy } from './scratch.ts'
import { root } from './sources.ts'
import { close, environmentOf, stores } from './stores.ts'

// Changes random single places of logic in a scratch copy and runs the tests that should notice. Those that stay green are survivors: each
// is either equal to the original in every effect, or names a guarantee that no test holds.

const { COUNT, SEED, ONLY = '' } = process.env
const count = Number(COUNT || 10)
const seed = Number(SEED || Date.now() % 1_000_000)

/** What one change of logic is: a pattern and its replacement, applied to one match. */
const mutations: [find: RegExp, replace: string][] = [
  [/ === /, ' !== '],
  [/ !== /, ' === '],
  [/ <= /, ' < '],
  [/ >= /, ' > '],
  [/ < (?=[\w(])/, ' <= '],
  [/ > (?=[\w(])/, ' >= '],
  [/ && /, ' || '],
  [/ \|\| /, ' && '],
  [/ \+ /, ' - '],
  [/ - /, ' + '],
  [/\btrue\b/, 'false'],
  [/\bfalse\b/, 'true'],
  [/(?<=[ (])!(?=[a-z(])/, ''],
  [/\.some\(/, '.every('],
  [/\.every\(/, '.some('],
  [/Math\.max/, 'Math.min'],
  [/Math\.min/, 'Math.max'],
  [/Math\.floor/, 'Math.ceil'],
  [/ and (?=[a-z_.]+ (?:=|<|>|is|in) )/, ' or '],
  [/ where (?=[a-z_.]+ (?:=|<|>|is|in) )/, ' where true or '],
  [/\bif \(/, 'if (false && '],
  [/(?<=^ {2,}| \? | : )throw new Failure\([^\n]*$/, 'void 0'],
]

/** The sources of each area and the tests that should notice a change there, the nearest first. */
const areas: [sources: string, tests: string[]][] = [
  ['packages/kit/*.ts', ['packages/kit', 'services', 'test/journeys', 'test/contract']],
  ['services/lesson/src/**', ['services/lesson', 'services/student', 'test/journeys', 'test/contract', 'web/test']],
  ['services/notification/src/**', ['services/notification', 'test/journeys', 'test/contract']],
  ['services/student/src/**', ['services/student', 'test/journeys', 'test/contract']],
  ['services/user/src/**', ['services/user', 'test/journeys', 'test/contract']],
  ['gateway/src/**', ['gateway', 'test/journeys', 'test/contract']],
  ['bot/src/**', ['bot', 'test/journeys']],
  ['web/src/**', ['web/test']],
]

type Place = { file: string; at: number; line: number; find: RegExp; replace: string; tests: string[] }

const places = areas.flatMap(([sources, tests]) => filesOf(sources).flatMap((file) => placesIn(file, tests)))
const some = { minLength: Math.min(count, places.length), maxLength: Math.min(count, places.length) }
const chosen = fc.sample(fc.noBias(fc.shuffledSubarray(places, some)), { seed, numRuns: 1 })[0] ?? []
console.log(`SEED=${seed}: ${chosen.length} of ${places.length} places\n`)

const opened = await stores()
const env = { ...process.env, ...environmentOf(opened) }
const { path: scratch, remove } = scratchCopy('mutants')
try {
  const survivors = chosen.filter((place) => !isKilled(place))
  console.log(`\n${chosen.length - survivors.length} killed, ${survivors.length} survived`)
} finally {
  remove()
  await close(opened)
}

function filesOf(sources: string): string[] {
  const { stdout } = spawnSync('git', ['ls-files', `:(glob)${sources}`], { cwd: root, encoding: 'utf8' })
  return stdout.split('\n').filter((file) => /\.tsx?$/.test(file) && !/\.test\.ts$|\/main\.ts$/.test(file) && file.includes(ONLY))
}

/** The places of a file where a mutation fits, leaving out imports, types and comments. */
function placesIn(file: string, tests: string[]): Place[] {
  let start = 0
  return readFileSync(join(root, file), 'utf8')
    .split('\n')
    .flatMap((text, index) => {
      const at = start
      start += text.length + 1
      if (/^\s*(import|export type|type|\/?\*|\/\/|<)/.test(text)) return []
      return mutations.flatMap(([find, replace]) => (find.test(text) ? [{ file, at, line: index + 1, find, replace, tests }] : []))
    })
}

function isKilled({ file, at, line, find, replace, tests }: Place): boolean {
  const path = join(scratch, file)
  const whole = readFileSync(path, 'utf8')
  const [before, end] = [whole.slice(at).split('\n', 1)[0] ?? '', whole.indexOf('\n', at)]
  const after = before.replace(find, () => replace)
  writeFileSync(path, whole.slice(0, at) + after + whole.slice(end))
  const began = performance.now()
  // A change that does not compile is noticed before any test.
  const compiled = spawnSync('tsc', ['-p', file.startsWith('web/') ? 'web' : '.'], { cwd: scratch, env })
  const killer = compiled.status === 0 ? firstFailure(tests) : 'the compiler'
  writeFileSync(path, whole)
  const seconds = Math.round((performance.now() - began) / 1000)
  console.log(`${killer ? `killed by ${killer}` : 'SURVIVED'} (${seconds} s)  ${file}:${line}\n  - ${before.trim()}\n  + ${after.trim()}`)
  return killer !== undefined
}

/** Runs the tests folder by folder until one fails, and returns its title. */
function firstFailure(tests: string[]): string | undefined {
  for (const folder of tests) {
    const mocha = spawnSync('mocha', ['--parallel', '--jobs', '2', '--bail', folder], { cwd: scratch, env, encoding: 'utf8' })
    if (mocha.status !== 0) return /^ +1\) (.*)/m.exec(mocha.stdout)?.[1] ?? folder
  }
  return undefined
}
