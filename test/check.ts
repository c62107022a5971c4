import { spawnSync } from 'node:child_process'

/** What `make check` runs, cheapest first. A row is a tool and its arguments; each tool reads its own configuration. */
const checks: Record<string, string[]> = {
  format: ['biome', 'ci', '--error-on-warnings', '--colors=off', '.'],
  lint: ['oxlint', '--type-aware', '--deny-warnings', '.'],
  imports: [
    'depcruise',
    '--config',
    '.dependency-cruiser.mjs',
    'packages',
    'services',
    'gateway',
    'bot',
    'operator',
    'start',
    'web/src',
    'web/worker',
    'test',
  ],
  types: ['tsc', '-p', '.'],
  'page types': ['tsc', '-p', 'web'],
  'worker types': ['tsc', '-p', 'web/worker'],
  'dead code': ['knip', '--no-progress', '--no-config-hints'],
  licences: ['node', 'test/licences.ts'],
  lockfile: ['node', 'test/lockfile.ts'],
}

const wanted = process.argv.slice(2)
const rows = Object.entries(checks).filter(([name]) => wanted.length === 0 || wanted.includes(name))
const red = rows.filter(([name, command]) => !passes(name, command))
if (rows.length === 0) console.log(`there is no such check; choose from: ${Object.keys(checks).join(', ')}`)
process.exitCode = red.length > 0 || rows.length === 0 ? 1 : 0

function passes(name: string, [tool = '', ...args]: string[]): boolean {
  const began = performance.now()
  const { status, stdout, stderr, error } = spawnSync(tool, args, { encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 })
  const seconds = ((performance.now() - began) / 1000).toFixed(1)
  console.log(`${status === 0 ? 'ok    ' : 'FAILED'}  ${name.padEnd(10)} ${seconds.padStart(5)} s`)
  if (status !== 0) console.log(error?.message ?? `${stdout}${stderr}`)
  return status === 0
}
