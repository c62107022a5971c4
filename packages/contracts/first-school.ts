import { z } from 'zod'
import { Email, Password, Secret } from './credentials.ts'
import { Language, Zone } from './person-card.ts'
import { Name } from './profile.ts'

/** The first school of an installation, with its admin. */
export const FirstSchool = z.strictObject({
  token: Secret,
  school: Name,
  name: Name,
  email: Email,
  password: Password,
  zone: Zone,
  language: Language.default('ru'),
  /** The admin gives lessons too: one membership with both duties. */
  teaches: z.boolean().default(false),
})
export type FirstSchool = z.output<typeof FirstSchool>
