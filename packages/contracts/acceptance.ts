import { z } from 'zod'
import { Email, Password, Secret } from './credentials.ts'
import { Language, Role, Zone } from './person-card.ts'
import { Name } from './profile.ts'
import { TelegramId } from './telegram-confirmation.ts'

export type InvitationProof = { token?: string | undefined; code?: string | undefined }
export const isOneOf = ({ token, code }: InvitationProof) => (token === undefined) !== (code === undefined)
export const notOneOf = { path: ['token'], error: 'Expected either the token of the link or the pairing code' }
/** Exactly one of `token` (from the link) and `code` (read out by somebody). Without e-mail and password, as for a small child, the account is only on this device. */
export const Acceptance = z
  .strictObject({
    token: Secret.optional(),
    code: Secret.optional(),
    name: Name.optional(),
    /** Those of the device; without them the ones that the school has set stay. */
    language: Language.optional(),
    zone: Zone.optional(),
    email: Email.optional(),
    password: Password.optional(),
  })
  .refine(isOneOf, notOneOf)
  .refine(({ email, password }) => (email === undefined) === (password === undefined), {
    path: ['password'],
    error: 'Expected e-mail and password together, or neither',
  })
export type Acceptance = z.output<typeof Acceptance>
/** What an invitation is for. `name`: how the school calls whoever is invited; null when they give the name. `students`: the children of a parent, or the first students of a tutor. */
export const SeenInvitation = z.object({
  school: z.string(),
  role: Role,
  invitedBy: z.string(),
  name: z.string().nullable(),
  students: z.array(z.string()),
  expiresAt: z.iso.datetime(),
})
export type SeenInvitation = z.output<typeof SeenInvitation>
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
