import { KubeConfig } from '@kubernetes/client-node'
import { Agent, type Dispatcher, request } from 'undici'

/** What went wrong with a request: `status` where the server answered, `retryAfterMs` where it said when to come again. */
export type ApiFault = Error & { status?: number; retryAfterMs?: number }
export type Api = {
  get<T>(path: string): Promise<T>
  /** Makes an object that must not be there yet. */
  create<T>(path: string, object: object): Promise<T>
  /** Replaces an object of the version that is read. */
  replace<T>(path: string, object: object): Promise<T>
  /** Server-side apply: the fields given become ours whoever wrote them before, an object that is not there is made. */
  apply<T>(path: string, object: object): Promise<T>
  /** The chunks of a watch as they come, until the server or the signal ends it. */
  watch(path: string, signal: AbortSignal): Promise<AsyncIterable<Buffer>>
  /** How many answers of each status there were, by method. */
  onAnswer(hear: (method: string, status: number | 'none') => void): void
  close(): Promise<void>
}

/** The one name under which we own fields. */
export const fieldManager = 'repitbot-operator'
const callMsMax = 10_000
const connectMsMax = 5_000
const connectionsMax = 8

/**
 * Speaks to the API server of a kubeconfig or, in a pod, of its service account. client-node tells where it is and who we are, and
 * opens a TLS connection per request; so the connections are ours: a few that are kept, and one for each watch.
 */
export async function openApi(config: KubeConfig): Promise<Api> {
  const server = config.getCurrentCluster()?.server ?? ''
  const tls = await credentials(config)
  const connect = { ...tls.options, timeout: connectMsMax, keepAlive: true, keepAliveInitialDelay: 10_000 }
  const calls = new Agent({ connect, connections: connectionsMax, allowH2: false, headersTimeout: callMsMax, bodyTimeout: callMsMax })
  const watches = new Agent({ connect, allowH2: false, headersTimeout: callMsMax, bodyTimeout: 0 })
  let hear: (method: string, status: number | 'none') => void = () => {}

  const ask = async (path: string, more: Partial<Dispatcher.RequestOptions> & { dispatcher?: Agent; signal?: AbortSignal }) => {
    const method = more.method ?? 'GET'
    const { headers } = await credentials(config)
    const answered = request(`${server}${path}`, {
      dispatcher: calls,
      ...more,
      method,
      headers: { ...headers, ...(more.headers as object) },
    })
    const response = await answered.catch((error: Error) => {
      hear(method, 'none')
      throw new Error(`${method} ${path}: ${error.message}`, { cause: error })
    })
    hear(method, response.statusCode)
    if (response.statusCode < 300) return response.body
    throw refused(`${method} ${path}`, response.statusCode, response.headers['retry-after'], await response.body.text().catch(() => ''))
  }
  const write = async <T>(method: 'POST' | 'PUT' | 'PATCH', path: string, object: object, type = 'application/json') =>
    (await (await ask(path, { method, body: JSON.stringify(object), headers: { 'content-type': type } })).json()) as T

  return {
    get: async <T>(path: string) => (await (await ask(path, {})).json()) as T,
    create: (path, object) => write('POST', path, object),
    replace: (path, object) => write('PUT', path, object),
    apply: (path, object) => write('PATCH', `${path}?fieldManager=${fieldManager}&force=true`, object, 'application/apply-patch+yaml'),
    watch: (path, signal) => ask(path, { dispatcher: watches, signal }),
    onAnswer: (hearer) => {
      hear = hearer
    },
    close: async () => void (await Promise.all([calls.destroy(), watches.destroy()])),
  }
}

/** The authority and the client's certificate, which last; and the headers of this moment, as a pod's token is renewed in its file. */
async function credentials(config: KubeConfig) {
  const filled: Parameters<KubeConfig['applyToHTTPSOptions']>[0] = {}
  await config.applyToHTTPSOptions(filled)
  const { ca, cert, key, servername, rejectUnauthorized, headers } = filled as Record<string, undefined>
  const given = Object.entries({ ca, cert, key, servername, rejectUnauthorized }).filter(([, value]) => value !== undefined)
  return { options: Object.fromEntries(given), headers: headers ?? {} }
}

/** The kubeconfig of the environment, else the service account of the pod. */
export function kubeConfig(): KubeConfig {
  const config = new KubeConfig()
  config.loadFromDefault()
  return config
}

function refused(asked: string, status: number, retryAfter: string | string[] | undefined, text: string): ApiFault {
  const message = /"message":"((?:[^"\\]|\\.)*)"/.exec(text)?.[1] ?? text.slice(0, 200)
  const seconds = Number(retryAfter)
  return Object.assign(new Error(`${asked}: ${status} ${message}`), { status, ...(seconds > 0 && { retryAfterMs: seconds * 1000 }) })
}
