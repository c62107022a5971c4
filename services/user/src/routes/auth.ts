import { accessSecondsMax, type authApi, type trustApi } from '@repitbot/contracts/auth'
import type { Routes } from '@repitbot/contracts/endpoint'
import { acceptByTelegram, acceptInvitation } from '../flows/accept-invitation.ts'
import { askTelegramLink, askTelegramLogin } from '../flows/ask-telegram.ts'
import { changePassword } from '../flows/change-password.ts'
import { confirmTelegram } from '../flows/confirm-telegram.ts'
import { endSessions } from '../flows/end-sessions.ts'
import { enterByTelegram } from '../flows/enter-by-telegram.ts'
import { finishTelegramLogin } from '../flows/finish-telegram-login.ts'
import { forgotPassword } from '../flows/forgot-password.ts'
import { makeFirstSchool } from '../flows/make-first-school.ts'
import { refreshTokens } from '../flows/refresh-tokens.ts'
import { resetPassword } from '../flows/reset-password.ts'
import { showMe } from '../flows/show-me.ts'
import { listPublicKeys } from '../flows/sign-access.ts'
import { signIn } from '../flows/sign-in.ts'
import { switchMembership } from '../flows/switch-membership.ts'
import { unlinkTelegram } from '../flows/unlink-telegram.ts'
import type { Inside } from '../inside.ts'
import { shownSession, stands } from '../rules/session.ts'

export const authRoutes = (inside: Inside): Routes<typeof authApi> => ({
  login: ({ body, origin }) => signIn(inside, body, origin),
  refresh: ({ body, origin }) => refreshTokens(inside, body.refreshToken, origin),
  logout: ({ caller }) => endSessions(inside, caller, caller.sessionId),
  me: ({ caller }) => showMe(inside, caller),
  switch: ({ caller, body, origin }) => switchMembership(inside, caller, { ...body, origin }),
  sessions: async ({ caller }) => {
    const sessions = await inside.store.listSessions(caller)
    return sessions.filter((session) => stands(session, inside.now())).map((session) => shownSession(session, caller.sessionId))
  },
  endSession: ({ caller, params }) => endSessions(inside, caller, params.sessionId),
  signOutEverywhere: ({ caller }) => endSessions(inside, caller),
  changePassword: ({ caller, body, origin }) => changePassword(inside, caller, { ...body, origin }),
  forgotPassword: ({ body, origin }) => forgotPassword(inside, body.email, origin),
  resetPassword: ({ body, origin }) => resetPassword(inside, body, origin),
  acceptInvitation: ({ body, origin }) => acceptInvitation(inside, body, origin),
  firstSchool: ({ body, origin }) => makeFirstSchool(inside, body, origin),
  telegram: ({ body }) => enterByTelegram(inside, body),
  telegramAccept: ({ body }) => acceptByTelegram(inside, body),
  telegramConfirm: ({ body }) => confirmTelegram(inside, body),
  telegramLink: ({ caller, origin }) => askTelegramLink(inside, caller, origin),
  telegramUnlink: ({ caller }) => unlinkTelegram(inside, caller),
  telegramLogin: ({ origin }) => askTelegramLogin(inside, origin),
  telegramFinish: ({ body, origin }) => finishTelegramLogin(inside, body.secret, origin),
})

/** A session that ended longer ago than any token lives needs no telling; half as long again for clocks that differ. */
const toldMs = accessSecondsMax * 1500

export const trustRoutes = (inside: Inside): Routes<typeof trustApi> => ({
  jwks: async () => ({ keys: await listPublicKeys(inside) }),
  revocations: async () => ({ sessionIds: await inside.store.listRevoked(new Date(inside.now().getTime() - toldMs)) }),
})
