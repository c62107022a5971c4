import { z } from 'zod'
import { api } from './endpoint.ts'

/** The longest life of an access token. */
export const accessSecondsMax = 600

const Jwk = z.object({ kid: z.string(), kty: z.string(), crv: z.string(), x: z.string(), y: z.string(), alg: z.string(), use: z.string() })
/** What other processes need from the user service to verify tokens by themselves. */
export const trustApi = api({
  prefix: '',
  endpoints: {
    jwks: {
      method: 'get',
      path: '/.well-known/jwks.json',
      summary: 'Public keys that verify access tokens',
      who: 'anyone',
      reply: z.object({ keys: z.array(Jwk) }),
    },
    revocations: {
      method: 'get',
      path: '/service/revocations',
      summary: 'Ended sessions whose access tokens may still be valid',
      who: 'service',
      reply: z.object({ sessionIds: z.array(z.uuid()) }),
    },
  },
})
