import { z } from 'zod'

/** The version that the caller has seen; when the thing has another by now, the change is refused as `conflict`. */
export const Version = z.int().min(1)
