import { z } from 'zod'

const smtpExpected =
  'Expected an address such as smtps://user:password@mail.example.com; in user and password write / as %2F, # as %23, ? as %3F, : as %3A and % as %25'

/** Undefined for an address whose parts are not certain: a password with / or # would otherwise be taken for a part of the host. */
function toMailServer(address: string) {
  if (!/^smtps?:\/\//i.test(address) || !URL.canParse(address)) return undefined
  const { protocol, hostname, port, username, password, pathname, search, hash } = new URL(address)
  if (!hostname || !['', '/'].includes(pathname) || search || hash) return undefined
  return {
    host: hostname.replace(/^\[(.*)\]$/, '$1'),
    secure: protocol === 'smtps:',
    ...(port && { port: Number(port) }),
    ...(username && { auth: { user: decode(username), pass: decode(password) } }),
  }
}

/** A percent sign that begins no code stands for itself; a code that stands for no text is left as it is. */
function decode(text: string): string {
  try {
    return decodeURIComponent(text.replaceAll(/%(?![0-9a-f]{2})/gi, '%25'))
  } catch {
    return text
  }
}

/** The notification service's own environment. A channel without its settings does not exist. */
export const Config = z.object({
  PUBLIC_URL: z.url().max(500).default('http://localhost:8000').describe('Where people open the platform; messages link there'),
  BOT_TOKEN: z.string().min(1).max(200).optional().describe('The bot that sends to Telegram'),
  TELEGRAM_API_URL: z.url().max(500).default('https://api.telegram.org').describe('Where the Bot API answers'),
  SMTP_URL: z
    .string()
    .max(500)
    .transform((address, { addIssue }) => {
      const server = toMailServer(address)
      if (!server) addIssue({ code: 'custom', message: smtpExpected })
      return server ?? z.NEVER
    })
    .optional()
    .describe('The server that takes e-mail'),
  MAIL_FROM: z
    .string()
    .regex(/^[^\r\n]*@[^\r\n]+$/, { error: 'Expected a sender such as RepitBot <hello@school.example>' })
    .max(200)
    .default('RepitBot <repitbot@localhost>')
    .describe('The sender of e-mail'),
  /** Letters with one-time links are sealed with it, where LETTER_SECRET is not set. */
  SERVICE_SECRET: z.string().min(16, { error: 'Expected at least 16 characters, the same for all services' }),
  /** Seals letters so that no service but these two can open them. */
  LETTER_SECRET: z
    .string()
    .min(16, { error: 'Expected at least 16 characters, the same for the user and the notification service' })
    .optional(),
})
export type Config = z.output<typeof Config>
