import { createTransport } from 'nodemailer'
import type { Channel, Outcome } from '../rules/channel.ts'
import { emailHtml, emailText } from '../rules/email-html.ts'
import { wordsOf } from '../rules/render.ts'

const connectMsMax = 5_000
const socketMsMax = 15_000

/**
 * Sends by SMTP. What may have arrived is sent again under the same Message-ID, by which mail programs drop the second: a letter with a one-time
 * link that never comes shuts somebody out.
 */
export function emailChannel({ smtpUrl, from }: { smtpUrl: string; from: string }): Channel {
  const transport = createTransport({
    url: smtpUrl,
    pool: true,
    maxConnections: 2,
    connectionTimeout: connectMsMax,
    greetingTimeout: connectMsMax,
    socketTimeout: socketMsMax,
  })
  const host = /@([^>\s]+)/.exec(from)?.[1] ?? 'localhost'
  return {
    name: 'email',
    sendsAgain: true,
    addressOf: (card) => card.email,
    waitMs: async () => 0,
    async send(message) {
      const footer = wordsOf(message.language)('outward.mailFooter')
      try {
        await transport.sendMail({
          from,
          to: { address: message.to, name: '' },
          subject: message.title,
          messageId: `<${message.id}@${host}>`,
          text: emailText(message, footer),
          html: emailHtml(message, footer),
          headers: { 'Auto-Submitted': 'auto-generated' },
          disableUrlAccess: true,
          disableFileAccess: true,
        })
        return { kind: 'sent' }
      } catch (error) {
        return outcomeOf(error as { responseCode?: number; message: string })
      }
    },
  }
}

/** The server's answer alone tells a refusal for good (5xx) from one for now. */
const outcomeOf = ({ responseCode = 0, message: why }: { responseCode?: number; message: string }): Outcome =>
  responseCode >= 500 && responseCode !== 530 && responseCode !== 535 ? { kind: 'refused', why } : { kind: 'later', why }
