import { createHmac, createPublicKey, generateKeyPairSync, type KeyObject, randomUUIDv7, sign } from 'node:crypto'
import { tokenAudience, tokenIssuer } from '@repitbot/kit/auth'

type Signer = { kid: string; privateKey: KeyObject; publicJwk: object }
type TokenParts = { signer: Signer; claims: Record<string, unknown>; refreshToken: string; serviceSecret: string }

const part = (value: object | string) => Buffer.from(typeof value === 'string' ? value : JSON.stringify(value)).toString('base64url')

function signWith(privateKey: KeyObject, header: object, claims: object | string): string {
  const content = `${part(header)}.${part(claims)}`
  return `${content}.${sign('sha256', Buffer.from(content), { key: privateKey, dsaEncoding: 'ieee-p1363' }).toString('base64url')}`
}
const hmac = (secret: string | Buffer, header: object, claims: object) => {
  const content = `${part(header)}.${part(claims)}`
  return `${content}.${createHmac('sha256', secret).update(content).digest('base64url')}`
}

/** Bad access tokens, by what is wrong with each. Those of the first group are signed by the real key. */
export function badTokens({
  signer: { kid, privateKey, publicJwk },
  claims,
  refreshToken,
  serviceSecret,
}: TokenParts): Record<string, string> {
  const header = { alg: 'ES256', typ: 'JWT', kid }
  const withClaims = (other: Record<string, unknown>) => signWith(privateKey, header, { ...claims, ...other })
  const without = (name: string) => signWith(privateKey, header, Object.fromEntries(Object.entries(claims).filter(([key]) => key !== name)))
  const good = signWith(privateKey, header, claims)
  const [head = '', body = '', signature = ''] = good.split('.')
  const pem = createPublicKey({ key: publicJwk as never, format: 'jwk' })
    .export({ type: 'spki', format: 'pem' })
    .toString()
  const stranger = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 })
  const seconds = Number(claims.exp)
  return {
    'exp in the past': withClaims({ exp: seconds - 86_400 }),
    'exp as text': withClaims({ exp: `${seconds}` }),
    'no exp': without('exp'),
    'nbf in the future': withClaims({ nbf: Math.floor(Date.now() / 1000) + 86_400 * 365 }),
    'another issuer': withClaims({ iss: 'https://example.com' }),
    'no issuer': without('iss'),
    'another audience': withClaims({ aud: 'another' }),
    'no audience': without('aud'),
    'of the refresh type': withClaims({ typ: 'refresh' }),
    'no type': without('typ'),
    'an unknown role': withClaims({ role: 'owner' }),
    'role __proto__': withClaims({ role: '__proto__' }),
    'roles in a list': withClaims({ role: ['admin'] }),
    'no role': without('role'),
    'sub not a uuid': withClaims({ sub: 'admin' }),
    'sub with SQL': withClaims({ sub: "' or true; --" }),
    'sub as a number': withClaims({ sub: 1 }),
    'no sub': without('sub'),
    'school not a uuid': withClaims({ school: '*' }),
    'two schools in one': withClaims({ school: `${claims.school},${randomUUIDv7()}` }),
    'no school': without('school'),
    'sid not a uuid': withClaims({ sid: 'all' }),
    'no sid': without('sid'),
    'claims not an object': signWith(privateKey, header, '"admin"'),
    'claims not JSON': signWith(privateKey, header, '{'),
    'an empty object': signWith(privateKey, header, {}),

    'alg none, no signature': `${part({ alg: 'none', kid })}.${body}.`,
    'alg None, the signature kept': `${part({ alg: 'None', kid })}.${body}.${signature}`,
    'alg absent': signWith(privateKey, { kid }, claims),
    'HS256 by the public key': hmac(pem, { alg: 'HS256', kid }, claims),
    'HS256 by the JWK': hmac(JSON.stringify(publicJwk), { alg: 'HS256', kid }, claims),
    'HS256 by nothing': hmac('', { alg: 'HS256', kid }, claims),
    "HS256 by the services' secret": hmac(serviceSecret, { alg: 'HS256', kid }, claims),
    'another key under our kid': signWith(stranger.privateKey, header, claims),
    'another key under its own kid': signWith(stranger.privateKey, { ...header, kid: 'stranger' }, claims),
    'its own key in the header': signWith(stranger.privateKey, { ...header, jwk: stranger.publicKey.export({ format: 'jwk' }) }, claims),
    'its own key by address': signWith(stranger.privateKey, { ...header, kid: 'x', jku: 'http://127.0.0.1:9/jwks.json' }, claims),
    'an RSA key under ES256': signWith(rsa.privateKey, header, claims),
    'kid as a path': signWith(privateKey, { ...header, kid: '../../etc/passwd' }, claims),
    'kid with SQL': signWith(privateKey, { ...header, kid: "' union select 'x" }, claims),
    'kid __proto__': signWith(privateKey, { ...header, kid: '__proto__' }, claims),
    'kid as a number': signWith(privateKey, { ...header, kid: 1 }, claims),
    'kid absent': signWith(privateKey, { alg: 'ES256' }, claims),
    'a critical extension': signWith(stranger.privateKey, { ...header, crit: ['b64'], b64: false }, claims),
    'the claims changed': `${head}.${part({ ...claims, role: 'admin', sub: randomUUIDv7() })}.${signature}`,
    'the header changed': `${part({ ...header, x: 1 })}.${body}.${signature}`,
    'the signature cut': good.slice(0, -8),
    'the signature gone': `${head}.${body}.`,
    'cut in the middle': good.slice(0, good.length / 2),
    'two parts': `${head}.${body}`,
    'four parts': `${good}.${signature}`,
    'five parts': `${head}..${body}.${signature}.x`,
    'dots alone': '..',
    'a header that is not JSON': `${part('nonsense')}.${body}.${signature}`,
    'a header null': `${part('null')}.${body}.${signature}`,
    'claims not base64': `${head}.%%%.${signature}`,
    'claims of 12,000 letters': `${head}.${'A'.repeat(12_000)}.${signature}`,
    'a refresh token': refreshToken,
    'a word': 'nonsense',
  }
}

/** The claims of a valid token. */
export const goodClaims = (of: { userId: string; schoolId: string; role: string }, now: Date) => ({
  iss: tokenIssuer,
  aud: tokenAudience,
  sub: of.userId,
  school: of.schoolId,
  role: of.role,
  sid: randomUUIDv7(),
  typ: 'access',
  exp: Math.floor(now.getTime() / 1000) + 600,
})
