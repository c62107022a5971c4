import type { Router } from 'express'
import { SMTPServer } from 'smtp-server'
import { type Kept, mailPages } from './mail-pages.ts'

const keptMax = 200
const bytesMax = 1024 * 1024

export type MailCatcher = { url: string; pages: (router: Router) => void; close(): Promise<void> }

/**
 * A mail server that sends nothing on: what it takes is read at /demo/mail. It speaks real SMTP on loopback, so that letters leave the service as they
 * would anywhere; they are kept in memory, the newest of them, and gone with the process.
 */
export async function openMailCatcher(): Promise<MailCatcher> {
  const kept: Kept[] = []
  let number = 0
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    size: bytesMax,
    logger: false,
    // Senders keep their connections; whoever says Ctrl-C does not wait for them.
    closeTimeout: 100,
    onData(stream, session, done) {
      const chunks: Buffer[] = []
      stream.on('data', (chunk: Buffer) => chunks.push(chunk))
      stream.on('end', () => {
        const to = session.envelope.rcptTo.map(({ address }) => address).join(', ')
        kept.unshift({ number: ++number, to, at: new Date(), raw: Buffer.concat(chunks).toString() })
        kept.length = Math.min(kept.length, keptMax)
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
    pages: mailPages(kept),
    close: () => new Promise<void>((resolve) => server.close(() => resolve())),
  }
}
