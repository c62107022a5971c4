import { z } from 'zod'
import { api } from './endpoint.ts'
import { Language, Name, PersonCard, Role, Zone } from './people.ts'

const dayS = 24 * 60 * 60
/** How long an access token is good for, at most. */
export const accessSecondsMax = 600
/** A sign-in ends after this long without use, and after this long in any case. */
export const idleSecondsMax = 30 * dayS
export const sessionSecondsMax = 180 * dayS

export const Email = z.string().trim().toLowerCase().max(254).pipe(z.email())
export const Password = z.string().min(10).max(200)
/** What a link or a browser hands back; never longer than we make them. */
const Secret = z.string().trim().min(1).max(200)

export const Membership = z.object({ userId: z.uuid(), schoolId: z.uuid(), school: z.string(), role: Role, name: z.string() })
export type Membership = z.output<typeof Membership>
export const SignedIn = z.object({ accessToken: z.string(), refreshToken: z.string(), expiresIn: z.int() })
export type SignedIn = z.output<typeof SignedIn>
/** `userId` is the membership that the tokens are for; the others are reached by `switch`. */
export const Entered = SignedIn.extend({ userId: z.uuid(), memberships: z.array(Membership) })
export type Entered = z.output<typeof Entered>
export const Me = z.object({ card: PersonCard, schoolId: z.uuid(), sessionId: z.uuid(), memberships: z.array(Membership) })
export type Me = z.output<typeof Me>
export const Session = z.object({
  id: z.uuid(),
  agent: z.string(),
  address: z.string(),
  startedAt: z.iso.datetime(),
  usedAt: z.iso.datetime(),
  expiresAt: z.iso.datetime(),
  current: z.boolean(),
})
export type Session = z.output<typeof Session>

/** One of `token` (from the link) and `code` (read out). Without e-mail and password a small child enters on this device alone. */
export const Acceptance = z
  .strictObject({
    token: Secret.optional(),
    code: Secret.optional(),
    name: Name.optional(),
    email: Email.optional(),
    password: Password.optional(),
  })
  .refine(({ token, code }) => (token === undefined) !== (code === undefined), {
    path: ['token'],
    error: 'Expected either the token of the link or the pairing code',
  })
  .refine(({ email, password }) => (email === undefined) === (password === undefined), {
    path: ['password'],
    error: 'Expected e-mail and password together, or neither',
  })
export type Acceptance = z.output<typeof Acceptance>
export const FirstSchool = z.strictObject({
  token: Secret,
  school: Name,
  name: Name,
  email: Email,
  password: Password,
  zone: Zone,
  language: Language.default('ru'),
})
export type FirstSchool = z.output<typeof FirstSchool>

const everyone = { admin: 'own', tutor: 'own', parent: 'own', student: 'own' } as const
const cookie = { name: 'refresh', field: 'refreshToken', path: '/auth', secondsMax: sessionSecondsMax } as const
const enters = { method: 'post', who: 'anyone', rate: 'sign-in', cookie, reply: Entered } as const

export const authApi = api({
  prefix: '/auth',
  endpoints: {
    login: {
      ...enters,
      path: '/login',
      summary: 'Sign in by e-mail and password',
      body: z.strictObject({ email: Email, password: z.string().min(1).max(200) }),
    },
    refresh: {
      method: 'post',
      path: '/refresh',
      summary: 'Exchange a refresh token for new tokens; each is used once',
      who: 'anyone',
      rate: 'write',
      cookie,
      body: z.strictObject({ refreshToken: Secret }),
      reply: SignedIn,
    },
    logout: { method: 'post', path: '/logout', summary: 'Sign out here', who: everyone, rate: 'write', status: 204, cookie },
    me: { method: 'get', path: '/me', summary: 'Who you are', who: everyone, reply: Me },
    switch: {
      method: 'post',
      path: '/switch',
      summary: 'Go on as another membership of yours',
      who: everyone,
      rate: 'write',
      cookie,
      body: z.strictObject({ userId: z.uuid() }),
      reply: SignedIn,
    },
    sessions: { method: 'get', path: '/sessions', summary: 'Where you are signed in', who: everyone, reply: z.array(Session) },
    endSession: {
      method: 'delete',
      path: '/sessions/:sessionId',
      summary: 'Sign out there',
      who: everyone,
      rate: 'write',
      status: 204,
      params: z.strictObject({ sessionId: z.uuid() }),
    },
    signOutEverywhere: {
      method: 'post',
      path: '/sign-out-everywhere',
      summary: 'Sign out on every device, this one too',
      who: everyone,
      rate: 'write',
      status: 204,
    },
    changePassword: {
      method: 'post',
      path: '/password',
      summary: 'Change your password; signs out everywhere else',
      who: everyone,
      rate: 'sign-in',
      status: 204,
      body: z.strictObject({ password: z.string().min(1).max(200), newPassword: Password }),
    },
    forgotPassword: {
      method: 'post',
      path: '/password/forgot',
      summary: 'Ask for a link that sets a new password; answers the same for unknown e-mails',
      who: 'anyone',
      rate: 'sign-in',
      status: 202,
      body: z.strictObject({ email: Email }),
    },
    resetPassword: {
      method: 'post',
      path: '/password/reset',
      summary: 'Set a new password by the link; signs out everywhere',
      who: 'anyone',
      rate: 'sign-in',
      status: 204,
      body: z.strictObject({ token: Secret, password: Password }),
    },
    acceptInvitation: { ...enters, path: '/invitations/accept', summary: 'Accept an invitation and sign in', body: Acceptance },
    firstSchool: {
      ...enters,
      path: '/first-school',
      summary: 'Make the first school and its admin by the one-time link',
      body: FirstSchool,
    },
  },
})

const Jwk = z.object({ kid: z.string(), kty: z.string(), crv: z.string(), x: z.string(), y: z.string(), alg: z.string(), use: z.string() })
/** What other processes ask of the user house to verify tokens on their own. */
export const trustApi = api({
  prefix: '',
  endpoints: {
    jwks: {
      method: 'get',
      path: '/.well-known/jwks.json',
      summary: 'Public keys that access tokens are verified by',
      who: 'anyone',
      reply: z.object({ keys: z.array(Jwk) }),
    },
    revocations: {
      method: 'get',
      path: '/house/revocations',
      summary: 'Sessions ended while their access tokens may still be good',
      who: 'house',
      reply: z.object({ sessionIds: z.array(z.uuid()) }),
    },
  },
})
