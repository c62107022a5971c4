import { readFileSync } from 'node:fs'
import { join } from 'node:path'

type Locked = { version: string; integrity?: string; link?: boolean }

// npm compares a package with its integrity hash before it is unpacked; one without is taken whatever it holds.
const lock = JSON.parse(readFileSync(join(import.meta.dirname, '..', 'package-lock.json'), 'utf8')) as { packages: Record<string, Locked> }
const packages = Object.entries(lock.packages).filter(([path, { link }]) => path.includes('node_modules/') && !link)
const unhashed = packages.filter(([, { integrity }]) => !integrity?.startsWith('sha512-'))

for (const [path, { version }] of unhashed) console.log(`${path.split('node_modules/').at(-1)}@${version} has no integrity`)
if (unhashed.length)
  console.log('Take `npm view <name>@<version> dist.integrity` into package-lock.json, or install the package anew with an empty npm cache')
console.log(`${packages.length} locked packages, ${unhashed.length} without integrity`)
process.exitCode = unhashed.length > 0 ? 1 : 0
