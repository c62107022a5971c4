import { z } from 'zod'

export const Email = z.string().trim().toLowerCase().max(254).pipe(z.email())
export const Password = z.string().min(10).max(200)
/** A secret from a link or a cookie. */
export const Secret = z.string().trim().min(1).max(200)

/**
 * The part of a refresh token that is the same for all tokens of a session: its first 21 characters, which are of the session's id. Anybody can
 * make one up, so it is good for counting and for nothing else.
 */
export const sessionPart = (refreshToken: string | undefined): string | undefined => refreshToken?.slice(0, 21) || undefined
