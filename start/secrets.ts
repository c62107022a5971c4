import { randomBytes } from 'node:crypto'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/** The secrets of this machine's platform; made once and kept beside its data. */
export type Secrets = {
  ownerPassword: string
  runtimePassword: string
  signingSecret: string
  serviceSecret: string
  botSecret: string
  letterSecret: string
  noteSecret: string
}

export function readOrMakeSecrets(folder: string): Secrets {
  const file = join(folder, 'secrets.json')
  const makeSecret = () => randomBytes(32).toString('base64url')
  const kept = existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Partial<Secrets>) : {}
  // A file of an earlier version may lack some of them.
  const names = ['ownerPassword', 'runtimePassword', 'signingSecret', 'serviceSecret', 'botSecret', 'letterSecret', 'noteSecret'] as const
  const secrets = Object.fromEntries(names.map((name) => [name, kept[name] ?? makeSecret()])) as Secrets
  writeFileSync(file, JSON.stringify(secrets), { mode: 0o600 })
  return secrets
}
