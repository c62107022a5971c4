import type { Router } from 'express'
import { SMTPServer } from 'smtp-server'
import { mailPages, type StoredLetter } from './mail-pages.ts'

const lettersMax = 200
const bytesMax = 1024 * 1024

export type MailCatcher = { url: string; pages: (router: Router) => void; close(): Promise<void> }

/**
 * A mail server for the demo: it delivers no letter but shows each at /demo/mail. It speaks real SMTP on loopback, so the services send
 * letters as they do in production. The newest letters are kept in memory, until the process ends.
 */
export async function openMailCatcher(): Promise<MailCatcher> {
  const letters: StoredLetter[] = []
  let number = 0
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    size: bytesMax,
    logger: false,
    // Senders keep their connections open; Ctrl-C should not wait for them.
    closeTimeout: 100,
    onData(stream, session, done) {
      const chunks: Buffer[] = []
      stream.on('data', (chunk: Buffer) => chunks.push(chunk))
      stream.on('end', () => {
        const to = session.envelope.rcptTo.map(({ address }) => address).join(', ')
        letters.unshift({ number: ++number, to, at: new Date(), raw: Buffer.concat(chunks).toString() })
        letters.length = Math.min(letters.length, lettersMax)
        done()
      })
    },
  })
  server.on('error', () => {})
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(0, '127.0.0.1', resolve)
  })
  const { port } = server.server.address() as { port: number }
  return {
    url: `smtp://127.0.0.1:${port}`,
    pages: mailPages(letters),
    close: () => new Promise<void>((resolve) => server.close(() => resolve())),
  }
}
