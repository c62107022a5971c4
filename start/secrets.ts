import { randomBytes } from 'node:crypto'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/** What only this machine's platform knows; made once and kept beside its data. */
export type Secrets = { ownerPassword: string; runtimePassword: string; signingSecret: string; houseSecret: string }

export function keptSecrets(folder: string): Secrets {
  const file = join(folder, 'secrets.json')
  if (existsSync(file)) return JSON.parse(readFileSync(file, 'utf8')) as Secrets
  const made = () => randomBytes(32).toString('base64url')
  const secrets = { ownerPassword: made(), runtimePassword: made(), signingSecret: made(), houseSecret: made() }
  writeFileSync(file, JSON.stringify(secrets), { mode: 0o600 })
  return secrets
}
