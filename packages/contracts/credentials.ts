import { z } from 'zod'

const emailNeeded = 'Expected an e-mail, such as anna@example.com; Latin letters before the @'
/** A domain in letters of any alphabet is kept in its ASCII form, such as xn--80a1acny.xn--p1ai. */
export const Email = z
  .string()
  .trim()
  .toLowerCase()
  .max(254)
  .overwrite(toAscii)
  .pipe(
    z.email({
      pattern: /^(?!\.)(?!.*\.\.)[a-z0-9_'+\-.]*[a-z0-9_+-]@([a-z0-9][a-z0-9-]*\.)+([a-z]{2,}|xn--[a-z0-9-]{2,})$/,
      error: emailNeeded,
    }),
  )
function toAscii(email: string): string {
  const [, before, domain = ''] = /^([^@]*)@(.*[^\0-\x7f].*)$/.exec(email) ?? []
  if (before === undefined || /[/?#:\\\s@]/.test(domain)) return email
  return `${before}@${URL.parse(`http://${domain}`)?.hostname ?? domain}`
}

export const Password = z.string().min(10).max(200)
/** A secret from a link or a cookie. */
export const Secret = z.string().trim().min(1).max(200)

/**
 * The part of a refresh token that is the same for all tokens of a session: its first 21 characters, which are of the session's id. Anybody can
 * make one up, so it is good for counting and for nothing else.
 */
export const sessionPart = (refreshToken: string | undefined): string | undefined => refreshToken?.slice(0, 21) || undefined

/** Changing a way to sign in needs the password, where there is one and the sign-in is older than ten minutes. */
export const Proof = z.strictObject({ password: z.string().min(1).max(200).optional() })
