import { breakFile, scratchCopy } from '../scratch.ts'

type Change = { file: string; find: string; replace: string }

/** Publishes events directly to the broker, without an outbox. */
const publishNow = `import { connect, type ConfirmChannel } from 'amqplib'

let channel: Promise<ConfirmChannel> | undefined
const { RABBITMQ_HOST = '127.0.0.1', RABBITMQ_PORT } = process.env

async function open() {
  const connection = await connect(\`amqp://guest:guest@\${RABBITMQ_HOST}:\${RABBITMQ_PORT}\`, { timeout: 2_000 })
  connection.on('error', () => {})
  connection.on('close', () => (channel = undefined))
  const opened = await connection.createConfirmChannel()
  await opened.assertExchange('repitbot', 'topic', { durable: true })
  return opened
}

export async function publishNow(rows: { id: string; name: string }[]): Promise<void> {
  channel ??= open()
  const opened = await channel.catch((error: unknown) => {
    channel = undefined
    throw error
  })
  for (const row of rows) opened.publish('repitbot', row.name, Buffer.from(JSON.stringify(row)), { persistent: true, messageId: row.id })
  await opened.waitForConfirms()
}
`
const publishingNow: Change[] = [
  { file: 'packages/kit/publish-now.ts', find: '', replace: publishNow },
  {
    file: 'packages/kit/transaction.ts',
    find: "import { insertIntoOutbox } from './envelope.ts'\n",
    replace: "import { insertIntoOutbox } from './envelope.ts'\nimport { publishNow } from './publish-now.ts'\n",
  },
  // The rows are returned and not written into the outbox.
  {
    file: 'packages/kit/envelope.ts',
    find: "  send(\n    'insert into outbox",
    replace: "  if (Date.now() > 0) return rows as never\n  send(\n    'insert into outbox",
  },
]
const withRows = (how: string): Change => ({
  file: 'packages/kit/transaction.ts',
  find: '      insertIntoOutbox(send, events, { schools, now: now() })\n',
  replace: `      const rows = (insertIntoOutbox(send, events, { schools, now: now() }) ?? []) as { id: string; name: string }[]\n      ${how}\n`,
})

/** The changes that remove each protection in a copy of the code. */
export const protections = {
  'publishing inside the request': [...publishingNow, withRows('await publishNow(rows)')],
  'publishing after the commit, without an inbox': [
    ...publishingNow,
    withRows('afterwards.push(() => void publishNow(rows).catch(() => {}))'),
    { file: 'packages/kit/consume.ts', find: 'if (!notHandled.delete(envelope.id)) continue', replace: 'notHandled.delete(envelope.id)' },
  ],
  'the libraries’ own time-outs': [
    {
      file: 'packages/kit/pool.ts',
      find: `    connectionTimeoutMillis: connectMsMax,
    query_timeout: statementMsMax,
    statement_timeout: statementMsMax,
    lock_timeout: statementMsMax,
`,
      replace: '',
    },
  ],
  'confirming updates before they are stored': [
    {
      file: 'bot/src/flows/poll-updates.ts',
      find: '        await storeUpdates(deps, updates)\n',
      replace: '        setTimeout(() => void storeUpdates(deps, updates), 300)\n',
    },
  ],
  'waiting for Redis as long as it takes': [
    { file: 'gateway/src/main.ts', find: 'openRedis(redis, log, countMsMax)', replace: 'openRedis(redis, log, 60_000 + countMsMax)' },
  ],
  'the breaker': [{ file: 'gateway/src/breaker.ts', find: 'if (inRow >= bounds().failureThreshold)', replace: 'if (inRow < 0)' }],
  'marking messages that may have been sent': [
    { file: 'services/notification/src/flows/send-telegram.ts', find: 'sendsAgain: false', replace: 'sendsAgain: true' },
  ],
} satisfies Record<string, Change[]>

export type Protection = keyof typeof protections

/** Runs `work` on a copy of the code without the protection. */
export async function without<T>(protection: Protection, work: (code: string) => Promise<T>): Promise<T> {
  const { path, remove } = scratchCopy('chaos')
  try {
    for (const change of protections[protection]) breakFile(path, change)
    return await work(path)
  } finally {
    remove()
  }
}
