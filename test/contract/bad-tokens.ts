import { createHmac, createPublicKey, generateKeyPairSync, type KeyObject, randomUUIDv7, sign } from 'node:crypto'
import { tokenAudience, tokenIssuer } from '@repitbot/kit/auth'

type Signer = { kid: string; privateKey: KeyObject; publicJwk: object }
type Given = { signer: Signer; claims: Record<string, unknown>; refreshToken: string; serviceSecret: string }

const part = (value: object | string) => Buffer.from(typeof value === 'string' ? value : JSON.stringify(value)).toString('base64url')

function signed(privateKey: KeyObject, header: object, claims: object | string): string {
  const content = `${part(header)}.${part(claims)}`
  return `${content}.${sign('sha256', Buffer.from(content), { key: privateKey, dsaEncoding: 'ieee-p1363' }).toString('base64url')}`
}
const hmac = (secret: string | Buffer, header: object, claims: object) => {
  const content = `${part(header)}.${part(claims)}`
  return `${content}.${createHmac('sha256', secret).update(content).digest('base64url')}`
}

/** What is sent as an access token by those who have none, each by what is wrong with it. All but the last group are signed by the real key. */
export function badTokens({ signer: { kid, privateKey, publicJwk }, claims, refreshToken, serviceSecret }: Given): Record<string, string> {
  const header = { alg: 'ES256', typ: 'JWT', kid }
  const but = (other: Record<string, unknown>) => signed(privateKey, header, { ...claims, ...other })
  const without = (name: string) => signed(privateKey, header, Object.fromEntries(Object.entries(claims).filter(([key]) => key !== name)))
  const good = signed(privateKey, header, claims)
  const [head = '', body = '', signature = ''] = good.split('.')
  const pem = createPublicKey({ key: publicJwk as never, format: 'jwk' })
    .export({ type: 'spki', format: 'pem' })
    .toString()
  const stranger = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 })
  const seconds = Number(claims.exp)
  return {
    'exp over': but({ exp: seconds - 86_400 }),
    'exp of text': but({ exp: `${seconds}` }),
    'no exp': without('exp'),
    'not yet good': but({ nbf: Math.floor(Date.now() / 1000) + 86_400 * 365 }),
    'another issuer': but({ iss: 'https://example.com' }),
    'no issuer': without('iss'),
    'another audience': but({ aud: 'another' }),
    'no audience': without('aud'),
    'of the refresh type': but({ typ: 'refresh' }),
    'no type': without('typ'),
    'an unknown role': but({ role: 'owner' }),
    'a role of the prototype': but({ role: '__proto__' }),
    'roles in a list': but({ role: ['admin'] }),
    'no role': without('role'),
    'sub no uuid': but({ sub: 'admin' }),
    'sub of SQL': but({ sub: "' or true; --" }),
    'sub of a number': but({ sub: 1 }),
    'no sub': without('sub'),
    'school no uuid': but({ school: '*' }),
    'two schools in one': but({ school: `${claims.school},${randomUUIDv7()}` }),
    'no school': without('school'),
    'sid no uuid': but({ sid: 'all' }),
    'no sid': without('sid'),
    'claims no object': signed(privateKey, header, '"admin"'),
    'claims no JSON': signed(privateKey, header, '{'),
    'an empty object': signed(privateKey, header, {}),

    'alg none, no signature': `${part({ alg: 'none', kid })}.${body}.`,
    'alg None, the signature kept': `${part({ alg: 'None', kid })}.${body}.${signature}`,
    'alg absent': signed(privateKey, { kid }, claims),
    'HS256 by the public key': hmac(pem, { alg: 'HS256', kid }, claims),
    'HS256 by the JWK': hmac(JSON.stringify(publicJwk), { alg: 'HS256', kid }, claims),
    'HS256 by nothing': hmac('', { alg: 'HS256', kid }, claims),
    "HS256 by the services' secret": hmac(serviceSecret, { alg: 'HS256', kid }, claims),
    'another key under our kid': signed(stranger.privateKey, header, claims),
    'another key under its own kid': signed(stranger.privateKey, { ...header, kid: 'stranger' }, claims),
    'its own key in the header': signed(stranger.privateKey, { ...header, jwk: stranger.publicKey.export({ format: 'jwk' }) }, claims),
    'its own key by address': signed(stranger.privateKey, { ...header, kid: 'x', jku: 'http://127.0.0.1:9/jwks.json' }, claims),
    'an RSA key under ES256': signed(rsa.privateKey, header, claims),
    'kid of a path': signed(privateKey, { ...header, kid: '../../etc/passwd' }, claims),
    'kid of SQL': signed(privateKey, { ...header, kid: "' union select 'x" }, claims),
    'kid of the prototype': signed(privateKey, { ...header, kid: '__proto__' }, claims),
    'kid a number': signed(privateKey, { ...header, kid: 1 }, claims),
    'kid absent': signed(privateKey, { alg: 'ES256' }, claims),
    'a critical extension': signed(stranger.privateKey, { ...header, crit: ['b64'], b64: false }, claims),
    'the claims changed': `${head}.${part({ ...claims, role: 'admin', sub: randomUUIDv7() })}.${signature}`,
    'the header changed': `${part({ ...header, x: 1 })}.${body}.${signature}`,
    'the signature cut': good.slice(0, -8),
    'the signature gone': `${head}.${body}.`,
    'cut in the middle': good.slice(0, good.length / 2),
    'two parts': `${head}.${body}`,
    'four parts': `${good}.${signature}`,
    'five parts': `${head}..${body}.${signature}.x`,
    'dots alone': '..',
    'a header no JSON': `${part('nonsense')}.${body}.${signature}`,
    'a header null': `${part('null')}.${body}.${signature}`,
    'no base64': `${head}.%%%.${signature}`,
    'twelve thousand letters': `${head}.${'A'.repeat(12_000)}.${signature}`,
    'a refresh token': refreshToken,
    'a word': 'nonsense',
  }
}

/** The claims of a token that would be good. */
export const goodClaims = (of: { userId: string; schoolId: string; role: string }, now: Date) => ({
  ...{ iss: tokenIssuer, aud: tokenAudience, sub: of.userId, school: of.schoolId, role: of.role, sid: randomUUIDv7(), typ: 'access' },
  exp: Math.floor(now.getTime() / 1000) + 600,
})
