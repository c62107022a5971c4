import { broken, scratchCopy } from '../scratch.ts'

type Change = { file: string; find: string; replace: string }

/** Says things straight to the broker, as one does who has no outbox. */
const saidNow = `import { connect, type ConfirmChannel } from 'amqplib'

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

export async function saidNow(rows: { id: string; name: string }[]): Promise<void> {
  channel ??= open()
  const opened = await channel.catch((error: unknown) => {
    channel = undefined
    throw error
  })
  for (const row of rows) opened.publish('repitbot', row.name, Buffer.from(JSON.stringify(row)), { persistent: true, messageId: row.id })
  await opened.waitForConfirms()
}
`
const withSaidNow: Change[] = [
  { file: 'packages/kit/said-now.ts', find: '', replace: saidNow },
  {
    file: 'packages/kit/database.ts',
    find: "import pg from 'pg'\n",
    replace: "import pg from 'pg'\nimport { saidNow } from './said-now.ts'\n",
  },
]
const intoOutbox = "    tx.send(\n      'insert into outbox"
const then = (how: string): Change => ({
  file: 'packages/kit/database.ts',
  find: intoOutbox,
  replace: `    if (Date.now() > 0) return ${how}\n${intoOutbox}`,
})

/** How each protection is taken away in a copy of the code. */
const protections = {
  'publishing inside the request': [
    ...withSaidNow,
    then('saidNow(rows)'),
    { file: 'packages/kit/database.ts', find: '      open.flush()\n', replace: '      await open.flush()\n' },
  ],
  'publishing after the commit, without an inbox': [
    ...withSaidNow,
    then('void afterwards.push(() => void saidNow(rows).catch(() => {}))'),
    { file: 'packages/kit/consume.ts', find: 'if (!unheard.delete(envelope.id)) continue', replace: 'unheard.delete(envelope.id)' },
  ],
  'the libraries’ own time-outs': [
    {
      file: 'packages/kit/database.ts',
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
      find: '        await takeUpdates(deps, updates)\n',
      replace: '        setTimeout(() => void takeUpdates(deps, updates), 300)\n',
    },
  ],
  'waiting for Redis as long as it takes': [
    { file: 'gateway/src/main.ts', find: 'openRedis(redis, log, countMsMax)', replace: 'openRedis(redis, log, 60_000 + countMsMax)' },
  ],
  'the breaker': [{ file: 'gateway/src/breaker.ts', find: 'if (inRow >= bounds().failureThreshold)', replace: 'if (inRow < 0)' }],
  'knowing what may have left': [
    { file: 'services/notification/src/flows/send-telegram.ts', find: 'sendsAgain: false', replace: 'sendsAgain: true' },
  ],
} satisfies Record<string, Change[]>

export type Protection = keyof typeof protections

/** Runs `work` on a copy of the code in which that protection is missing. */
export async function without<T>(protection: Protection, work: (code: string) => Promise<T>): Promise<T> {
  const { path, remove } = scratchCopy('chaos')
  try {
    for (const change of protections[protection]) broken(path, change)
    return await work(path)
  } finally {
    remove()
  }
}
