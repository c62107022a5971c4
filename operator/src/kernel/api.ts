import { KubeConfig } from '@kubernetes/client-node'
import { Agent, type Dispatcher, request } from 'undici'

/** The error of a request: `status` when the server answered, `retryAfterMs` when it named a time to retry. */
export type ApiFault = Error & { status?: number; retryAfterMs?: number }
export type Api = {
  get<T>(path: string): Promise<T>
  /** Creates an object; fails with 409 when it exists. */
  create<T>(path: string, object: object): Promise<T>
  /** Replaces an object; fails with 409 when its resource version has changed since it was read. */
  replace<T>(path: string, object: object): Promise<T>
  /** Server-side apply by force: this operator becomes the owner of the given fields; a missing object is created. */
  apply<T>(path: string, object: object): Promise<T>
  /** The chunks of a watch, until the server or the signal ends it. */
  watch(path: string, signal: AbortSignal): Promise<AsyncIterable<Buffer>>
  /** Calls the listener with the method and the status of each response; `none` when there was no response. */
  onResponse(listener: (method: string, status: number | 'none') => void): void
  close(): Promise<void>
}

/** The field manager of this operator in server-side apply. */
export const fieldManager = 'repitbot-operator'
const callMsMax = 10_000
const connectMsMax = 5_000
const connectionsMax = 8

/**
 * A client of the API server of a kubeconfig or, in a pod, of its service account. @kubernetes/client-node is used only to read the address
 * and the credentials, because it opens a TLS connection for each request. This client keeps a few connections, and one for each watch.
 */
export async function openApi(config: KubeConfig): Promise<Api> {
  const server = config.getCurrentCluster()?.server ?? ''
  const tls = await credentials(config)
  const connect = { ...tls.options, timeout: connectMsMax, keepAlive: true, keepAliveInitialDelay: 10_000 }
  const calls = new Agent({ connect, connections: connectionsMax, allowH2: false, headersTimeout: callMsMax, bodyTimeout: callMsMax })
  const watches = new Agent({ connect, allowH2: false, headersTimeout: callMsMax, bodyTimeout: 0 })
  let listener: (method: string, status: number | 'none') => void = () => {}

  const send = async (path: string, more: Partial<Dispatcher.RequestOptions> & { dispatcher?: Agent; signal?: AbortSignal }) => {
    const method = more.method ?? 'GET'
    const { headers } = await credentials(config)
    const pending = request(`${server}${path}`, {
      dispatcher: calls,
      ...more,
      method,
      headers: { ...headers, ...(more.headers as object) },
    })
    const response = await pending.catch((error: Error) => {
      listener(method, 'none')
      throw new Error(`${method} ${path}: ${error.message}`, { cause: error })
    })
    listener(method, response.statusCode)
    if (response.statusCode < 300) return response.body
    throw toFault(`${method} ${path}`, response.statusCode, response.headers['retry-after'], await response.body.text().catch(() => ''))
  }
  const write = async <T>(method: 'POST' | 'PUT' | 'PATCH', path: string, object: object, type = 'application/json') =>
    (await (await send(path, { method, body: JSON.stringify(object), headers: { 'content-type': type } })).json()) as T

  return {
    get: async <T>(path: string) => (await (await send(path, {})).json()) as T,
    create: (path, object) => write('POST', path, object),
    replace: (path, object) => write('PUT', path, object),
    apply: (path, object) => write('PATCH', `${path}?fieldManager=${fieldManager}&force=true`, object, 'application/apply-patch+yaml'),
    watch: (path, signal) => send(path, { dispatcher: watches, signal }),
    onResponse: (given) => {
      listener = given
    },
    close: async () => void (await Promise.all([calls.destroy(), watches.destroy()])),
  }
}

/** The TLS options, which do not change, and the current headers: the token of a pod is renewed in its file. */
async function credentials(config: KubeConfig) {
  const options: Parameters<KubeConfig['applyToHTTPSOptions']>[0] = {}
  await config.applyToHTTPSOptions(options)
  const { ca, cert, key, servername, rejectUnauthorized, headers } = options as Record<string, undefined>
  const present = Object.entries({ ca, cert, key, servername, rejectUnauthorized }).filter(([, value]) => value !== undefined)
  return { options: Object.fromEntries(present), headers: headers ?? {} }
}

/** The kubeconfig of the environment, else the service account of the pod. */
export function kubeConfig(): KubeConfig {
  const config = new KubeConfig()
  config.loadFromDefault()
  return config
}

function toFault(requestLine: string, status: number, retryAfter: string | string[] | undefined, text: string): ApiFault {
  const message = /"message":"((?:[^"\\]|\\.)*)"/.exec(text)?.[1] ?? text.slice(0, 200)
  const seconds = Number(retryAfter)
  return Object.assign(new Error(`${requestLine}: ${status} ${message}`), { status, ...(seconds > 0 && { retryAfterMs: seconds * 1000 }) })
}
