import { readFile } from 'node:fs/promises'
import type { IncomingMessage } from 'node:http'
import { request } from 'node:https'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Log } from './log.ts'

/** The folder where a pod finds its token, the certificate authority of the API server and its namespace. The token is renewed there, so it is read for each connection. */
export const podAccount = '/var/run/secrets/kubernetes.io/serviceaccount'

export type WatchOptions = {
  host: string
  port: number
  account: string
  configMap: string
  /** Called with the text under the key, at first and after each change; the same text may come again. */
  onText: (text: string) => void
  log: Log
  /** A connection that is silent for this long counts as broken: the API server sends a bookmark every minute. */
  silentMsMax?: number
  retryMsMax?: number
}
export type Watch = {
  /** Whether the current text has been received and the watch is open. */
  isLive(): boolean
  close(): void
}

export const settingsKey = 'settings.json'
const retryMsMin = 100
const connectMsMax = 10_000
const endSecondsMin = 240

/**
 * Watches one ConfigMap through the Kubernetes API; needs the verb `watch` on it alone. A watch without a resource version starts with the
 * current object, so whatever ends it - a closed or half-open connection, a version that is gone (410), 429, 5xx - a new watch is enough.
 */
export function watchSettings(options: WatchOptions): Watch {
  const ending = new AbortController()
  let live = false
  let received = false
  const onText = (text: string) => {
    received = true
    options.onText(text)
  }
  const run = async () => {
    for (let failures = 0; !ending.signal.aborted; ) {
      const fault = await watchOnce(options, ending.signal, onText, () => {
        if (failures > 0) options.log.info({}, 'The settings are watched again')
        failures = 0
        live = true
      })
      live = false
      if (ending.signal.aborted) return
      if (fault && failures++ === 0) options.log.warn({ error: fault }, 'The settings are not watched now; the last good ones stay')
      const most = Math.min(options.retryMsMax ?? 10_000, retryMsMin * 2 ** Math.min(failures, 10))
      await sleep(most * (0.5 + Math.random() / 2), undefined, { signal: ending.signal }).catch(() => {})
    }
  }
  void run()
  return { isLive: () => live && received, close: () => ending.abort() }
}

/** One connection until it ends. Returns the reason, or nothing when the server ended it as usual. */
async function watchOnce(
  options: WatchOptions,
  signal: AbortSignal,
  onText: (text: string) => void,
  onOpen: () => void,
): Promise<string | undefined> {
  try {
    const response = await openWatch(options, signal)
    if (response.statusCode !== 200) {
      response.resume()
      const right = `the account of this pod may have no right to watch the ConfigMap ${options.configMap}`
      return response.statusCode === 403 ? right : `the API server answered ${response.statusCode}`
    }
    onOpen()
    let rest = ''
    for await (const chunk of response.setEncoding('utf8')) {
      const lines = `${rest}${chunk}`.split('\n')
      rest = lines.pop() ?? ''
      for (const line of lines) {
        const { type, object } = JSON.parse(line) as WatchEvent
        if (type === 'ERROR') return `${object.code}: ${object.message}`
        const text = object.data?.[settingsKey]
        if (text !== undefined && type !== 'DELETED') onText(text)
      }
    }
    return undefined
  } catch (error) {
    return String(error)
  }
}

type WatchEvent = { type: string; object: { data?: Record<string, string>; code?: number; message?: string } }

async function openWatch(
  { host, port, account, configMap, silentMsMax = 90_000 }: WatchOptions,
  signal: AbortSignal,
): Promise<IncomingMessage> {
  const read = (name: string) => readFile(join(account, name), 'utf8')
  const [ca, token, namespace] = await Promise.all([read('ca.crt'), read('token'), read('namespace')])
  const query = new URLSearchParams({
    watch: '1',
    allowWatchBookmarks: 'true',
    fieldSelector: `metadata.name=${configMap}`,
    timeoutSeconds: `${endSecondsMin + Math.floor(Math.random() * 60)}`,
  })
  const path = `/api/v1/namespaces/${namespace.trim()}/configmaps?${query}`
  return new Promise((resolve, reject) => {
    const connection = request({ host, port, ca, path, agent: false, signal, headers: { authorization: `Bearer ${token.trim()}` } })
    connection.setTimeout(connectMsMax, () => connection.destroy(new Error(`the API server was silent for ${connectMsMax} ms`)))
    connection.on('error', reject)
    connection.on('response', (response) => {
      response.socket.setKeepAlive(true, connectMsMax)
      connection.setTimeout(silentMsMax, () => response.destroy(new Error(`the API server was silent for ${silentMsMax} ms`)))
      resolve(response)
    })
    connection.end()
  })
}
