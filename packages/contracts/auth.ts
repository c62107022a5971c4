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

type Opening = { token?: string | undefined; code?: string | undefined }
const isOneOf = ({ token, code }: Opening) => (token === undefined) !== (code === undefined)
const notOneOf = { path: ['token'], error: 'Expected either the token of the link or the pairing code' }
/** One of `token` (from the link) and `code` (read out). Without e-mail and password a small child enters on this device alone. */
export const Acceptance = z
  .strictObject({
    token: Secret.optional(),
    code: Secret.optional(),
    name: Name.optional(),
    email: Email.optional(),
    password: Password.optional(),
  })
  .refine(isOneOf, notOneOf)
  .refine(({ email, password }) => (email === undefined) === (password === undefined), {
    path: ['password'],
    error: 'Expected e-mail and password together, or neither',
  })
export type Acceptance = z.output<typeof Acceptance>
/** Telegram's number of a person, which is also the number of his private chat. */
export const TelegramId = z.string().regex(/^[1-9]\d{0,19}$/, { error: 'Expected the digits of a Telegram id, at most 20' })
/** What the bot goes on with in a person's name; it asks again when the token is over, so there is nothing to refresh. */
export const TelegramEntered = SignedIn.omit({ refreshToken: true }).extend({
  userId: z.uuid(),
  memberships: z.array(Membership),
  card: PersonCard,
})
export type TelegramEntered = z.output<typeof TelegramEntered>
export const TelegramJoined = TelegramEntered.extend({ invitedBy: z.string(), school: z.string() })
export type TelegramJoined = z.output<typeof TelegramJoined>
export const TelegramAcceptance = z
  .strictObject({
    telegramId: TelegramId,
    token: Secret.optional(),
    code: Secret.optional(),
    name: Name.optional(),
    language: Language.optional(),
  })
  .refine(isOneOf, notOneOf)
export type TelegramAcceptance = z.output<typeof TelegramAcceptance>
/** What is asked in the chat: to let a page in, or to bind the chat to the account that made the link. */
export const TelegramQuestion = z.enum(['login', 'link'])
export const TelegramConfirmation = z.strictObject({
  telegramId: TelegramId,
  kind: TelegramQuestion,
  token: Secret,
  answer: z.enum(['yes', 'no']).optional().describe('Left out, it only shows what is asked'),
})
export type TelegramConfirmation = z.output<typeof TelegramConfirmation>
/** `agent` and `address` are those of the page that asks, `name` is whose account it is about. */
export const TelegramAnswer = z.object({
  state: z.enum(['asked', 'confirmed', 'declined']),
  agent: z.string(),
  address: z.string(),
  name: z.string().optional(),
})
export type TelegramAnswer = z.output<typeof TelegramAnswer>
const TelegramLink = z.object({ link: z.string(), expiresAt: z.iso.datetime() })

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
    telegram: {
      method: 'post',
      path: '/telegram',
      summary: 'Go on in the name of whom Telegram says is writing, as his last membership or the one named',
      who: 'bot',
      body: z.strictObject({ telegramId: TelegramId, userId: z.uuid().optional() }),
      reply: TelegramEntered,
    },
    telegramAccept: {
      method: 'post',
      path: '/telegram/invitations/accept',
      summary: 'Accept an invitation in the chat; the Telegram account is the account',
      who: 'bot',
      rate: 'sign-in',
      body: TelegramAcceptance,
      reply: TelegramJoined,
    },
    telegramConfirm: {
      method: 'post',
      path: '/telegram/confirm',
      summary: 'See or answer in the chat what a page has asked by a deep link',
      who: 'bot',
      rate: 'sign-in',
      body: TelegramConfirmation,
      reply: TelegramAnswer,
    },
    telegramLink: {
      method: 'post',
      path: '/telegram/link',
      summary: 'Make a deep link that binds a Telegram account to yours; good once, for ten minutes',
      who: everyone,
      rate: 'write',
      reply: TelegramLink,
    },
    telegramUnlink: {
      method: 'delete',
      path: '/telegram',
      summary: 'Release your Telegram account',
      who: everyone,
      rate: 'write',
      status: 204,
    },
    telegramLogin: {
      method: 'post',
      path: '/telegram/login',
      summary: 'Ask to sign in by Telegram: a deep link to open there, and a secret to come back with',
      who: 'anyone',
      rate: 'sign-in',
      reply: TelegramLink.extend({ secret: z.string() }),
    },
    telegramFinish: {
      ...enters,
      path: '/telegram/login/finish',
      summary: 'Sign in once the chat has confirmed; `not_confirmed_yet` until then',
      rate: 'write',
      body: z.strictObject({ secret: Secret }),
    },
  },
})

const Jwk = z.object({ kid: z.string(), kty: z.string(), crv: z.string(), x: z.string(), y: z.string(), alg: z.string(), use: z.string() })
/** What other processes ask of the user service to verify tokens on their own. */
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
      path: '/service/revocations',
      summary: 'Sessions ended while their access tokens may still be good',
      who: 'service',
      reply: z.object({ sessionIds: z.array(z.uuid()) }),
    },
  },
})
