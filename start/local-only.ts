import { Failure } from '@repitbot/kit/failure'
import type { RequestHandler } from 'express'

const localHost = /^(localhost|127\.0\.0\.1|\[::1\])(:\d+)?$/
const ofProxies = ['forwarded', 'x-forwarded-for', 'x-forwarded-host', 'x-forwarded-proto', 'x-real-ip']

/**
 * Lets a request through only when a browser on this machine sent it by a name of this machine. The pages of the demo show everybody's
 * letters and speak for everybody, without signing in; a site that gives its own name the address 127.0.0.1 must not read them.
 */
export const localOnly: RequestHandler = ({ headers }, _response, next) => {
  const isLocal = localHost.test(headers.host ?? '') && !ofProxies.some((name) => headers[name] !== undefined)
  next(isLocal ? undefined : new Failure('not_found'))
}
