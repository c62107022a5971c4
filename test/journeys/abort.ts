import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { setImmediate as nextTurn } from 'node:timers/promises'
import pg from 'pg'
import type { AbortPoint } from './abort-points.ts'

// `node --import` loads this before a service. It kills the process with SIGKILL at the point that the test sends it. The service's own code is unchanged.

let armed: AbortPoint | undefined
let seen = 0
process.on('message', (point: AbortPoint) => {
  armed = point
  seen = 0
  process.send?.('armed')
})
process.channel?.unref()

const marks = new WeakMap<object, Set<string>>()

function killAt(step: AbortPoint['step'], when: AbortPoint['when'], marked: Set<string> = new Set()): void {
  if (armed?.step !== step || armed.when !== when || (armed.having && !marked.has(armed.having))) return
  if (++seen === (armed.nth ?? 1)) process.kill(process.pid, 'SIGKILL')
}

type Statement = { text?: string; name?: string; values?: unknown[] }
type Steps = { before: AbortPoint['step'][]; after: (rows: number) => AbortPoint['step'][] }
/** The steps of a transaction and of the relay, recognised by their statements: `begin`, `commit`, and the prepared ones of the kit by name. */
function stepsOf({ text, name, values }: Statement): Steps | undefined {
  if (name === 'inbox' || name === 'outbox') return { before: [name], after: () => [name] }
  if (text === 'commit') return { before: ['commit'], after: () => ['commit'] }
  if (name !== 'mark-and-read') return undefined
  const marks: Steps['before'] = (values?.[0] as unknown[] | undefined)?.length ? ['mark'] : []
  return { before: marks, after: (rows) => (rows > 0 ? [...marks, 'read'] : marks) }
}

type Query = (...args: unknown[]) => unknown
const client = pg.Client.prototype as unknown as { query: Query }
const query = client.query
client.query = function (this: object, ...args: unknown[]) {
  const statement = (typeof args[0] === 'string' ? { text: args[0] } : args[0]) as Statement
  if (statement.text?.startsWith('begin')) marks.set(this, new Set())
  const steps = stepsOf(statement)
  if (!steps) return query.apply(this, args)
  const marked = marks.get(this) ?? new Set()
  for (const step of steps.before) killAt(step, 'before', marked)
  for (const step of steps.before) marked.add(step)
  const answer = query.apply(this, args) as Promise<{ rowCount: number }>
  return answer.then((result) => {
    for (const step of steps.after(result.rowCount)) killAt(step, 'after', marked)
    return result
  })
}

type Method = (this: unknown, ...args: unknown[]) => unknown
type Channels = Record<'Channel' | 'ConfirmChannel', { prototype: Record<string, Method> }>
const require = createRequire(import.meta.url)
const channels = require(join(dirname(require.resolve('amqplib')), 'lib', 'channel_model.js')) as Channels
/** `after` a step of the channel means after its bytes could be sent, which takes one turn of the event loop. */
function watch(of: keyof Channels, method: string, step: AbortPoint['step']): void {
  const { prototype } = channels[of]
  const original = prototype[method] as Method
  prototype[method] = function (...args) {
    killAt(step, 'before')
    const answer = original.apply(this, args)
    if (armed?.step === step && armed.when === 'after') void nextTurn().then(() => killAt(step, 'after'))
    return answer
  }
}
watch('ConfirmChannel', 'publish', 'publish')
watch('ConfirmChannel', 'waitForConfirms', 'confirms')
watch('Channel', 'ack', 'ack')
