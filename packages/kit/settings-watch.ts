import { readFile } from 'node:fs/promises'
import type { IncomingMessage } from 'node:http'
import { request } from 'node:https'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Log } from './log.ts'

/** Where a pod finds its token, the authority of the API server and its namespace. The token is read for each connection: it is renewed there. */
export const podAccount = '/var/run/secrets/kubernetes.io/serviceaccount'

export type Watched = {
  host: string
  port: number
  account: string
  configMap: string
  /** The text under the key, whenever it is there and changes; a repeat is possible. */
  onText: (text: string) => void
  log: Log
  /** A connection that is silent this long is dead: the API server says something every minute. */
  silentMsMax?: number
  retryMsMax?: number
}
export type Watch = {
  /** Whether what is there now has been told, and changes are being told. */
  isLive(): boolean
  close(): void
}

export const settingsKey = 'settings.json'
const retryMsMin = 100
const connectMsMax = 10_000
const endSecondsMin = 240

/**
 * Watches one ConfigMap over the Kubernetes API; needs the verb `watch` on it alone. A watch that names no version begins with what is
 * there now, so whatever ends it - a closed or half-open connection, a version that is gone (410), 429, 5xx - is mended by beginning again.
 */
export function watchSettings(watched: Watched): Watch {
  const ending = new AbortController()
  let live = false
  let told = false
  const onTold = (text: string) => {
    told = true
    watched.onText(text)
  }
  const run = async () => {
    for (let failures = 0; !ending.signal.aborted; ) {
      const fault = await once(watched, ending.signal, onTold, () => {
        if (failures > 0) watched.log.info({}, 'The settings are watched again')
        failures = 0
        live = true
      })
      live = false
      if (ending.signal.aborted) return
      if (fault && failures++ === 0) watched.log.warn({ error: fault }, 'The settings are not watched now; the last good ones stay')
      const most = Math.min(watched.retryMsMax ?? 10_000, retryMsMin * 2 ** Math.min(failures, 10))
      await sleep(most * (0.5 + Math.random() / 2), undefined, { signal: ending.signal }).catch(() => {})
    }
  }
  void run()
  return { isLive: () => live && told, close: () => ending.abort() }
}

/** One connection until it ends; answers why, unless the server ended it in its own time. */
async function once(
  watched: Watched,
  signal: AbortSignal,
  onText: (text: string) => void,
  onOpen: () => void,
): Promise<string | undefined> {
  try {
    const response = await asked(watched, signal)
    if (response.statusCode !== 200) {
      response.resume()
      const right = `the account of this pod may have no right to watch the ConfigMap ${watched.configMap}`
      return response.statusCode === 403 ? right : `the API server answered ${response.statusCode}`
    }
    onOpen()
    let rest = ''
    for await (const chunk of response.setEncoding('utf8')) {
      const lines = `${rest}${chunk}`.split('\n')
      rest = lines.pop() ?? ''
      for (const line of lines) {
        const { type, object } = JSON.parse(line) as Told
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

type Told = { type: string; object: { data?: Record<string, string>; code?: number; message?: string } }

async function asked({ host, port, account, configMap, silentMsMax = 90_000 }: Watched, signal: AbortSignal): Promise<IncomingMessage> {
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
    const asking = request({ host, port, ca, path, agent: false, signal, headers: { authorization: `Bearer ${token.trim()}` } })
    asking.setTimeout(connectMsMax, () => asking.destroy(new Error(`the API server was silent for ${connectMsMax} ms`)))
    asking.on('error', reject)
    asking.on('response', (response) => {
      response.socket.setKeepAlive(true, connectMsMax)
      asking.setTimeout(silentMsMax, () => response.destroy(new Error(`the API server was silent for ${silentMsMax} ms`)))
      resolve(response)
    })
    asking.end()
  })
}
