import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { constants } from 'node:os'
import { join } from 'node:path'

// The `dev` target of the image runs this. The argument names a part, which runs from its sources and restarts whenever one of them
// changes, or a command such as `migrate`, which runs once.
const [part = '', ...rest] = process.argv.slice(2)
const main = join(import.meta.dirname, '..', part, 'src/main.ts')
const args = existsSync(main) ? ['--watch', main] : [join(import.meta.dirname, `${part}.ts`)]
const child = spawn(process.execPath, [...args, ...rest], { stdio: 'inherit' })
for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, () => child.kill(signal))
child.once('exit', (code, signal) => process.exit(code ?? 128 + (signal ? constants.signals[signal] : 0)))
