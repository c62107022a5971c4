import type { authApi } from '@repitbot/contracts/auth'
import type { Routes } from '@repitbot/contracts/endpoint'
import { accessSecondsMax, type trustApi } from '@repitbot/contracts/trust'
import type { Deps } from '../deps.ts'
import { acceptByTelegram, acceptInvitation } from '../flows/accept-invitation.ts'
import { preparePassword } from '../flows/change-password.ts'
import { checkProof } from '../flows/check-proof.ts'
import { confirmEmail, requestConfirmation } from '../flows/confirm-email.ts'
import { confirmTelegram } from '../flows/confirm-telegram.ts'
import { endSessions, endSessionsAndTelegram } from '../flows/end-sessions.ts'
import { enterByTelegram } from '../flows/enter-by-telegram.ts'
import { finishTelegramLogin } from '../flows/finish-telegram-login.ts'
import { forgotPassword } from '../flows/forgot-password.ts'
import { getMe } from '../flows/get-me.ts'
import { makeFirstSchool } from '../flows/make-first-school.ts'
import { refreshTokens } from '../flows/refresh-tokens.ts'
import { requestTelegramLink, requestTelegramLogin } from '../flows/request-telegram.ts'
import { resetPassword } from '../flows/reset-password.ts'
import { seeInvitation } from '../flows/see-invitation.ts'
import { listPublicKeys } from '../flows/sign-access.ts'
import { signIn } from '../flows/sign-in.ts'
import { switchMembership } from '../flows/switch-membership.ts'
import { unlinkTelegram } from '../flows/unlink-telegram.ts'
import { isActive, toSessionReply } from '../rules/session.ts'

export const authRoutes = (deps: Deps): Routes<typeof authApi> => ({
  login: ({ body, origin }) => signIn(deps, body, origin),
  ways: async () => ({ telegram: deps.telegramUrl !== undefined, letters: deps.confirmsEmail }),
  refresh: ({ body, origin }) => refreshTokens(deps, body.refreshToken, origin),
  logout: ({ caller }) => endSessions(deps, caller, caller.sessionId),
  me: ({ caller }) => getMe(deps, caller),
  switch: ({ caller, body, origin }) => switchMembership(deps, caller, { ...body, origin }),
  sessions: async ({ caller }) => {
    const sessions = await deps.store.listSessions(caller)
    return sessions.filter((session) => isActive(session, deps.now())).map((session) => toSessionReply(session, caller.sessionId))
  },
  endSession: ({ caller, params }) => endSessions(deps, caller, params.sessionId),
  signOutEverywhere: {
    prepare: async ({ caller, body, origin }) => {
      if (body.unlinkTelegram) await checkProof(deps, caller, { ...body, origin })
      return () => (body.unlinkTelegram ? endSessionsAndTelegram(deps, caller) : endSessions(deps, caller))
    },
  },
  changePassword: { prepare: ({ caller, body, origin }) => preparePassword(deps, caller, { ...body, origin }) },
  forgotPassword: ({ body, origin }) => forgotPassword(deps, body.email, origin),
  resetPassword: ({ body, origin }) => resetPassword(deps, body, origin),
  confirmEmail: ({ caller, body }) => confirmEmail(deps, caller, body.token),
  sendConfirmation: { prepare: ({ caller, origin }) => requestConfirmation(deps, caller, origin) },
  seeInvitation: ({ body, origin }) => seeInvitation(deps, body, origin),
  acceptInvitation: ({ body, origin }) => acceptInvitation(deps, body, origin),
  firstSchool: ({ body, origin }) => makeFirstSchool(deps, body, origin),
  telegram: ({ body }) => enterByTelegram(deps, body),
  telegramAccept: ({ body }) => acceptByTelegram(deps, body),
  telegramConfirm: ({ body }) => confirmTelegram(deps, body),
  telegramLink: {
    prepare: async ({ caller, body, origin }) => {
      await checkProof(deps, caller, { ...body, origin })
      return () => requestTelegramLink(deps, caller, origin)
    },
  },
  telegramUnlink: async ({ caller, body, origin }) => {
    await checkProof(deps, caller, { ...body, origin })
    await unlinkTelegram(deps, caller)
  },
  telegramLogin: ({ origin }) => requestTelegramLogin(deps, origin),
  telegramFinish: ({ body, origin }) => finishTelegramLogin(deps, body.secret, origin),
})

/** Revoked sessions are listed for as long as an access token of theirs could be good, and half as long again for clocks that differ. */
const listedMs = accessSecondsMax * 1500

export const trustRoutes = (deps: Deps): Routes<typeof trustApi> => ({
  jwks: async () => ({ keys: await listPublicKeys(deps) }),
  revocations: async () => ({ sessionIds: await deps.store.listRevoked(new Date(deps.now().getTime() - listedMs)) }),
})
