import { createPrivateKey, generateKeyPairSync, type KeyObject, randomBytes, randomUUID } from 'node:crypto'
import type { Role } from '@repitbot/contracts/person-card'
import { accessSecondsMax } from '@repitbot/contracts/trust'
import { tokenAudience, tokenIssuer } from '@repitbot/kit/auth'
import { SignJWT } from 'jose'
import type { Deps } from '../deps.ts'
import { seal, unseal } from '../rules/secrets.ts'
import { currentKey, type OpenKey, type PublicJwk, type SigningKey } from '../rules/signing-key.ts'

/** How long a process uses the keys that it has read: far less than they are published ahead. */
const rememberedMsMax = 30_000

/** An access token of one membership and session. */
export async function signAccess(deps: Deps, of: { userId: string; schoolId: string; role: Role; sessionId: string }): Promise<string> {
  const { kid, privateKey } = await currentSigner(deps)
  const issuedAt = Math.floor(deps.now().getTime() / 1000)
  return new SignJWT({ school: of.schoolId, role: of.role, sid: of.sessionId, typ: 'access' })
    .setProtectedHeader({ alg: 'ES256', kid })
    .setSubject(of.userId)
    .setIssuer(tokenIssuer)
    .setAudience(tokenAudience)
    .setIssuedAt(issuedAt)
    .setExpirationTime(issuedAt + accessSecondsMax)
    .sign(privateKey)
}

/** The public halves of all keys that present or coming tokens are signed by; there is always one. */
export async function listPublicKeys(deps: Deps): Promise<PublicJwk[]> {
  await currentSigner(deps)
  return deps.keyring.keys.map(({ publicJwk }) => publicJwk)
}

type Signer = OpenKey & { privateKey: KeyObject }
async function currentSigner(deps: Deps): Promise<Signer> {
  if (Math.abs(performance.now() - deps.keyring.readAtMs) > rememberedMsMax) rememberKeys(deps, await deps.store.listKeys())
  return usable(deps) ?? (await firstSigner(deps))
}

/** There is no key yet, or the service's secret was changed and none can be unsealed: a new one signs at once. */
async function firstSigner(deps: Deps): Promise<Signer> {
  const at = deps.now()
  const add = (keys: SigningKey[]) => {
    rememberKeys(deps, keys)
    if (!usable(deps) && keys.length) deps.log.warn({}, 'No signing key opens with JWT_SECRET_KEY: a new one is made')
    return { add: usable(deps) ? [] : [newKey(deps, at)], remove: [] }
  }
  rememberKeys(deps, await deps.store.changeKeys(add, at))
  const made = usable(deps)
  if (!made) throw new Error('There is no signing key')
  return made
}

const usable = (deps: Deps) =>
  currentKey(
    deps.keyring.keys.filter((key): key is Signer => key.privateKey !== undefined),
    deps.now(),
  )

/** Remembers the keys as they are in the store now. */
export function rememberKeys(deps: Deps, keys: SigningKey[]): void {
  deps.keyring.keys = keys.map((key) => ({ ...key, privateKey: openKey(deps, key) }))
  deps.keyring.readAtMs = performance.now()
}

function openKey({ secrets }: Deps, { kid, privateSealed }: SigningKey): KeyObject | undefined {
  const pem = unseal(secrets, kid, privateSealed)
  return pem === undefined ? undefined : createPrivateKey(pem)
}

export function newKey({ secrets }: Deps, signsFrom: Date): SigningKey {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const kid = randomUUID()
  const { kty = '', crv = '', x = '', y = '' } = publicKey.export({ format: 'jwk' })
  const pem = privateKey.export({ format: 'pem', type: 'pkcs8' }).toString()
  return {
    kid,
    publicJwk: { kid, kty, crv, x, y, alg: 'ES256', use: 'sig' },
    privateSealed: seal(secrets, kid, pem, randomBytes(12)),
    signsFrom,
  }
}
