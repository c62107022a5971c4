import { readFileSync } from 'node:fs'
import { join } from 'node:path'

/** Licences of packages that a product under MIT may ship: no GPL and no AGPL. */
const allowed = new Set(
  'MIT MIT-0 ISC BSD-2-Clause BSD-3-Clause 0BSD Apache-2.0 MPL-2.0 LGPL-3.0-or-later OFL-1.1 BlueOak-1.0.0 CC0-1.0 Python-2.0 PSF-2.0 Unlicense'.split(
    ' ',
  ),
)

/** Packages whose manifest names no licence; a person has read the licence text of exactly this version. */
const readByEye: Record<string, string> = { 'passport-strategy@1.0.0': 'MIT', 'pause@0.0.1': 'MIT' }

type Locked = { version: string; license?: string; dev?: boolean; link?: boolean }

// The lockfile also lists the packages of other platforms, and says which are for development only.
const lock = JSON.parse(readFileSync(join(import.meta.dirname, '..', 'package-lock.json'), 'utf8')) as { packages: Record<string, Locked> }
const production = Object.entries(lock.packages)
  .filter(([path, { dev, link }]) => path.includes('node_modules/') && !dev && !link)
  .map(([path, { version, license }]) => ({ name: `${path.split('node_modules/').at(-1)}@${version}`, license }))
const refused = production
  .map(({ name, license = readByEye[name] }) => ({ name, license }))
  .filter(({ license }) => license === undefined || !permits(license))

for (const { name, license } of refused) console.log(`${name}: ${license ?? 'no licence given'}`)
console.log(`${production.length} production packages, ${refused.length} with a licence that is not allowed`)
process.exitCode = refused.length > 0 ? 1 : 0

/** Of alternatives (OR) one must be allowed; of a combination (AND) each. */
function permits(expression: string): boolean {
  const plain = expression.replaceAll(/[()]/g, '')
  return plain.split(' OR ').some((choice) => choice.split(' AND ').every((one) => allowed.has(one.trim())))
}
