import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { constants } from 'node:os'
import { join } from 'node:path'

// What the image's `dev` target runs: the part that its argument names, from its sources, anew whenever one of them changes; a
// command such as `migrate` once.
const [part = '', ...rest] = process.argv.slice(2)
const main = join(import.meta.dirname, '..', part, 'src/main.ts')
const args = existsSync(main) ? ['--watch', main] : [join(import.meta.dirname, `${part}.ts`)]
const child = spawn(process.execPath, [...args, ...rest], { stdio: 'inherit' })
for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, () => child.kill(signal))
child.once('exit', (code, signal) => process.exit(code ?? 128 + (signal ? constants.signals[signal] : 0)))
