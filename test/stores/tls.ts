import { chmodSync, chownSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { runToEnd, runtimeUser } from './process.ts'

/** Files of a store that speaks TLS: its key, its certificate for `localhost`, and the authority that signed it; another signed nothing. */
export type Tls = { key: string; cert: string; ca: string; otherCa: string }

const kind = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-days', '30']

/** Makes an authority under `dir` and what it signs. */
export function layTls(dir: string): Tls {
  const home = join(dir, 'tls')
  mkdirSync(home)
  const at = (name: string) => join(home, name)
  const openssl = (...args: string[]) => runToEnd('openssl', args, { cwd: home })
  for (const name of ['ca', 'other-ca'])
    openssl('req', '-x509', ...kind, '-subj', `/CN=${name}`, '-keyout', at(`${name}.key`), '-out', at(`${name}.crt`))
  openssl('req', ...kind, '-subj', '/CN=localhost', '-keyout', at('store.key'), '-out', at('store.csr'))
  writeFileSync(at('names'), 'subjectAltName=DNS:localhost')
  const signer = ['-CA', at('ca.crt'), '-CAkey', at('ca.key'), '-CAcreateserial', '-extfile', at('names'), '-days', '30']
  openssl('x509', '-req', '-in', at('store.csr'), ...signer, '-out', at('store.crt'))
  // Postgres takes a key that root lets its group read, or one that is its own.
  const group = runtimeUser()?.gid
  if (group) chownSync(at('store.key'), 0, group)
  chmodSync(at('store.key'), group ? 0o640 : 0o600)
  return { key: at('store.key'), cert: at('store.crt'), ca: at('ca.crt'), otherCa: at('other-ca.crt') }
}
