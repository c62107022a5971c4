import { spawnSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Control, Run } from './controls/control.ts'
import { controls } from './controls/table.ts'
import { scratchCopy } from './scratch.ts'
import { close, environmentOf, stores } from './stores.ts'

// A test that never fails may guard nothing: each guard is broken in a scratch copy, and its test must fail there.

const only = process.argv.slice(2)
const wanted = controls.filter(({ name }) => only.length === 0 || only.some((part) => name.includes(part)))
if (wanted.length === 0) throw new Error(`there is no such control; choose from:\n${controls.map(({ name }) => name).join('\n')}`)

const opened = await stores()
const environment = { ...process.env, ...environmentOf(opened) }
const { path: scratch, remove } = scratchCopy('controls')
try {
  const faults = wanted.map(check)
  const green = faults.filter((fault) => fault !== undefined)
  for (const fault of green) console.log(`\n${fault}`)
  console.log(`${wanted.length - green.length} guards seen red, ${green.length} not`)
  process.exitCode = green.length > 0 ? 1 : 0
} finally {
  remove()
  await close(opened)
}

/** Breaks one guard and restores it; returns what is wrong, unless its test failed for the expected reason. */
function check(control: Control): string | undefined {
  const began = performance.now()
  const fault = faultOf(control)
  console.log(`${fault === undefined ? 'red    ' : 'NOT RED'}  ${control.name} (${((performance.now() - began) / 1000).toFixed(1)} s)`)
  return fault && `${control.name} (${control.file}): ${fault}`
}

function faultOf({ file, find, replace, run, red }: Control): string | undefined {
  const path = join(scratch, file)
  const whole = readFileSync(path, 'utf8')
  if (!whole.includes(find)) return 'the code has changed: change `find` in the control too'
  try {
    writeFileSync(
      path,
      whole.replace(find, () => replace),
    )
    const { status, output } = execute(run)
    if (status === 0) return 'its test did not fail'
    return output.includes(red) ? undefined : `it failed, but its output does not contain \`${red}\`\n${output.slice(-2000)}`
  } finally {
    writeFileSync(path, whole)
  }
}

function execute(run: Run): { status: number | null; output: string } {
  const [tool, ...args] =
    'check' in run ? ['node', 'test/check.ts', run.check] : ['mocha', run.test, ...(run.only ? ['--fgrep', run.only] : [])]
  const { status, stdout, stderr } = spawnSync(tool ?? '', args, {
    cwd: scratch,
    env: environment,
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
  })
  return { status, output: `${stdout}${stderr}` }
}
