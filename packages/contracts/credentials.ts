import { z } from 'zod'

export const Email = z.string().trim().toLowerCase().max(254).pipe(z.email())
export const Password = z.string().min(10).max(200)
/** A secret from a link or a cookie. */
export const Secret = z.string().trim().min(1).max(200)
