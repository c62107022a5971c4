import { createTransport } from 'nodemailer'
import type { Channel, Outcome } from '../rules/channel.ts'
import { emailHtml, emailText } from '../rules/email-html.ts'
import type { MailServer } from '../rules/mail-server.ts'
import { wordsOf } from '../rules/render.ts'

const connectMsMax = 5_000
const socketMsMax = 15_000

/**
 * Sends by SMTP. A message that may have arrived is sent again under the same Message-ID, by which mail programs drop the second copy: without
 * the letter with their one-time link people cannot sign in.
 */
export function emailChannel({ server, from }: { server: MailServer; from: string }): Channel {
  const transport = createTransport({
    ...server,
    pool: true,
    maxConnections: 2,
    connectionTimeout: connectMsMax,
    greetingTimeout: connectMsMax,
    socketTimeout: socketMsMax,
  })
  const address = /[^<\s]+@[^>\s]+/.exec(from)?.[0] ?? from
  const host = address.split('@').at(-1)
  return {
    name: 'email',
    sendsAgain: true,
    addressOf: (card) => card.email,
    waitMs: async () => 0,
    async send(message) {
      const footer = wordsOf(message.language)('outward.mailFooter')
      try {
        await transport.sendMail({
          from: message.school ? { name: message.school, address } : from,
          to: { address: message.to, name: '' },
          subject: message.title,
          messageId: `<${message.id}@${host}>`,
          text: emailText(message, footer),
          html: emailHtml(message, footer),
          headers: { 'Auto-Submitted': 'auto-generated', ...(message.unsubscribe && oneClick(message.unsubscribe.url)) },
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

/** RFC 8058: a mail program shows a button of its own, which calls the address with POST. */
const oneClick = (url: string) => ({ 'List-Unsubscribe': `<${url}>`, 'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click' })

/** Only an answer of the server (5xx) is a final refusal; 530 and 535 are about our own sign-in there and may be mended. */
const outcomeOf = ({ responseCode = 0, message: reason }: { responseCode?: number; message: string }): Outcome =>
  responseCode >= 500 && responseCode !== 530 && responseCode !== 535 ? { kind: 'refused', reason } : { kind: 'later', reason }
