import { letterSeal } from '@repitbot/kit/seal'
import type { Runtime } from '@repitbot/kit/service'
import type { Config } from './config.ts'
import { secretsFrom } from './rules/secrets.ts'
import type { Keyring } from './rules/signing-key.ts'
import { openStore } from './store/open-store.ts'

/** What routes, jobs and flows are given. */
export const open = ({ database, now, log, signals, config }: Runtime<Config>) => ({
  store: openStore(database),
  now,
  log,
  signals,
  secrets: secretsFrom(config.JWT_SECRET_KEY),
  publicUrl: config.PUBLIC_URL.replace(/\/$/, ''),
  /** Whether there is a mail server: without one no address can be confirmed, and none needs to be. */
  confirmsEmail: config.EMAIL_CONFIRMATION === 'on',
  telegramUrl: config.TELEGRAM_URL,
  letters: letterSeal(config.LETTER_SECRET ?? config.SERVICE_SECRET),
  /** The signing keys as this process last read them; only flows/sign-access.ts uses it. */
  keyring: { keys: [], readAtMs: Number.NEGATIVE_INFINITY } as Keyring,
})
export type { Account } from './store/persons.ts'
export type Deps = ReturnType<typeof open>
