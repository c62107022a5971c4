import { z } from 'zod'
import { Acceptance, isOneOf, notOneOf, SeenInvitation, TelegramAcceptance } from './acceptance.ts'
import { Email, Password, Proof, Secret } from './credentials.ts'
import { api } from './endpoint.ts'
import { FirstSchool } from './first-school.ts'
import { PersonCard, Role } from './person-card.ts'
import { LoginNumber, TelegramAnswer, TelegramConfirmation, TelegramId, TelegramLink } from './telegram-confirmation.ts'

const dayS = 24 * 60 * 60
/** A session ends after this long without use, and after `sessionSecondsMax` in any case. */
export const idleSecondsMax = 30 * dayS
export const sessionSecondsMax = 180 * dayS

export const Membership = z.object({ userId: z.uuid(), schoolId: z.uuid(), school: z.string(), role: Role, name: z.string() })
export type Membership = z.output<typeof Membership>
export const SignedIn = z.object({ accessToken: z.string(), refreshToken: z.string(), expiresIn: z.int() })
export type SignedIn = z.output<typeof SignedIn>
/** `userId` is the membership that the tokens are for; `switch` changes to another one. */
export const Entered = SignedIn.extend({ userId: z.uuid(), memberships: z.array(Membership) })
export type Entered = z.output<typeof Entered>
export const Me = z.object({
  card: PersonCard,
  schoolId: z.uuid(),
  sessionId: z.uuid(),
  memberships: z.array(Membership),
  /** The address that still waits to be confirmed by a letter; nothing else is sent there. */
  unconfirmedEmail: z.string().nullable(),
})
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

/** The bot's access token for a person. It asks for a new one when the token expires, so there is no refresh token. */
export const TelegramEntered = SignedIn.omit({ refreshToken: true }).extend({
  userId: z.uuid(),
  memberships: z.array(Membership),
  card: PersonCard,
})
export type TelegramEntered = z.output<typeof TelegramEntered>
export const TelegramJoined = TelegramEntered.extend({ invitedBy: z.string(), school: z.string() })
export type TelegramJoined = z.output<typeof TelegramJoined>
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
    ways: {
      method: 'get',
      path: '/ways',
      summary: 'What this installation has for signing in besides e-mail and password: a Telegram bot, and a mail server for letters',
      who: 'anyone',
      reply: z.object({ telegram: z.boolean(), letters: z.boolean() }),
    },
    refresh: {
      method: 'post',
      path: '/refresh',
      summary: 'Exchange a refresh token for new tokens; each is used once',
      who: 'anyone',
      rate: 'refresh',
      cookie,
      body: z.strictObject({ refreshToken: Secret }),
      reply: SignedIn,
    },
    logout: { method: 'post', path: '/logout', summary: 'Sign out on this device', who: everyone, rate: 'write', status: 204, cookie },
    me: { method: 'get', path: '/me', summary: 'Your own profile, session and memberships', who: everyone, reply: Me },
    switch: {
      method: 'post',
      path: '/switch',
      summary: 'Switch to another of your memberships',
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
      summary: 'Sign out on another device',
      who: everyone,
      rate: 'write',
      status: 204,
      params: z.strictObject({ sessionId: z.uuid() }),
    },
    signOutEverywhere: {
      method: 'post',
      path: '/sign-out-everywhere',
      summary: 'Sign out on every device, including this one; the Telegram account stays connected unless `unlinkTelegram` is true',
      who: everyone,
      rate: 'sign-in',
      status: 204,
      body: Proof.extend({ unlinkTelegram: z.boolean().default(false) }),
    },
    changePassword: {
      method: 'post',
      path: '/password',
      summary: 'Change your password; signs out on all other devices',
      who: everyone,
      rate: 'sign-in',
      status: 204,
      body: z.strictObject({ password: z.string().min(1).max(200), newPassword: Password }),
    },
    forgotPassword: {
      method: 'post',
      path: '/password/forgot',
      summary: 'Request a link that sets a new password; the reply is the same for an unknown e-mail',
      who: 'anyone',
      rate: 'sign-in',
      status: 202,
      body: z.strictObject({ email: Email }),
    },
    resetPassword: {
      method: 'post',
      path: '/password/reset',
      summary: 'Set a new password by the link; signs out on all devices, disconnects Telegram and confirms the e-mail',
      who: 'anyone',
      rate: 'sign-in',
      status: 204,
      body: z.strictObject({ token: Secret, password: Password }),
    },
    confirmEmail: {
      method: 'post',
      path: '/email/confirm',
      summary: 'Confirm your e-mail by the link of the letter; others who gave the same address and never confirmed it lose it',
      who: everyone,
      rate: 'sign-in',
      status: 204,
      body: z.strictObject({ token: Secret }),
    },
    sendConfirmation: {
      method: 'post',
      path: '/email/confirmation',
      summary: 'Send the letter that confirms your e-mail again; nothing happens once it is confirmed',
      who: everyone,
      rate: 'sign-in',
      status: 202,
    },
    seeInvitation: {
      method: 'post',
      path: '/invitations/see',
      summary: 'See which school invites, who, as what and for whom, before accepting; the invitation is not used up',
      who: 'anyone',
      rate: 'sign-in',
      body: z.strictObject({ token: Secret.optional(), code: Secret.optional() }).refine(isOneOf, notOneOf),
      reply: SeenInvitation,
    },
    acceptInvitation: { ...enters, path: '/invitations/accept', summary: 'Accept an invitation and sign in', body: Acceptance },
    firstSchool: {
      ...enters,
      path: '/first-school',
      summary: 'Create the first school and its admin by the one-time link',
      body: FirstSchool,
    },
    telegram: {
      method: 'post',
      path: '/telegram',
      summary: 'Get a token for the person who writes in Telegram, for their last membership or the given one',
      who: 'bot',
      body: z.strictObject({ telegramId: TelegramId, userId: z.uuid().optional() }),
      reply: TelegramEntered,
    },
    telegramAccept: {
      method: 'post',
      path: '/telegram/invitations/accept',
      summary: 'Accept an invitation in the chat; the Telegram account becomes the way to sign in',
      who: 'bot',
      rate: 'sign-in',
      body: TelegramAcceptance,
      reply: TelegramJoined,
    },
    telegramConfirm: {
      method: 'post',
      path: '/telegram/confirm',
      summary: 'Show or answer in the chat what a page asked by a deep link',
      who: 'bot',
      rate: 'sign-in',
      body: TelegramConfirmation,
      reply: TelegramAnswer,
    },
    telegramLink: {
      method: 'post',
      path: '/telegram/link',
      summary: 'Create a deep link that connects a Telegram account to yours; valid once, for ten minutes',
      who: everyone,
      rate: 'sign-in',
      body: Proof,
      reply: TelegramLink,
    },
    telegramUnlink: {
      method: 'delete',
      path: '/telegram',
      summary: 'Disconnect your Telegram account',
      who: everyone,
      rate: 'sign-in',
      body: Proof,
      status: 204,
    },
    telegramLogin: {
      method: 'post',
      path: '/telegram/login',
      summary:
        'Start a sign-in by Telegram: returns a deep link to open in Telegram, the number to tap there, and the secret to finish with',
      who: 'anyone',
      rate: 'sign-in',
      reply: TelegramLink.extend({ secret: z.string(), number: LoginNumber }),
    },
    telegramFinish: {
      ...enters,
      path: '/telegram/login/finish',
      summary: 'Finish a sign-in by Telegram after the chat has confirmed it; `not_confirmed_yet` until then',
      rate: 'write',
      body: z.strictObject({ secret: Secret }),
    },
  },
})
