import type { IncomingMessage } from 'node:http'
import { PassThrough, type Readable } from 'node:stream'
import { Failure } from '@repitbot/kit/failure'
import { gone } from './faults.ts'

/** For JSON; an upload route declares a bound of its own. */
export const bodyBytesMax = 256 * 1024
/** How long a client may send nothing in the middle of a body, and how long a whole body may take. */
export type BodyTimes = { silenceMsMax: number; wholeMsMax: number }
export const bodyTimes: BodyTimes = { silenceMsMax: 20_000, wholeMsMax: 120_000 }

/** Whether the client sends a body at all. */
export const hasBody = ({ headers }: IncomingMessage): boolean =>
  headers['transfer-encoding'] !== undefined || (headers['content-length'] !== undefined && headers['content-length'] !== '0')

/**
 * The whole body, read before the service is asked: so a client that sends slowly, stalls or leaves is never taken for a service that does
 * not answer. Throws `too_large`, `body_stalled`, or `gone` when the client left.
 */
export function readBody(request: IncomingMessage, { silenceMsMax, wholeMsMax }: BodyTimes): Promise<Buffer> {
  const { promise, resolve, reject } = Promise.withResolvers<Buffer>()
  const chunks: Buffer[] = []
  let bytes = 0
  const stop = () => {
    clearTimeout(silence)
    clearTimeout(whole)
    request.off('data', take)
    request.off('end', finish)
    request.off('close', leave)
    // The rest is read and dropped: unread, it would hide the end of the connection from us.
    request.resume()
  }
  const fail = (error: Error) => {
    stop()
    reject(error)
  }
  const stall = () => fail(new Failure('body_stalled'))
  const take = (chunk: Buffer) => {
    bytes += chunk.length
    if (bytes > bodyBytesMax) return fail(new Failure('too_large'))
    chunks.push(chunk)
    silence.refresh()
  }
  const finish = () => {
    stop()
    resolve(Buffer.concat(chunks))
  }
  const leave = () => fail(gone)
  if (Number(request.headers['content-length']) > bodyBytesMax) {
    request.resume()
    return Promise.reject(new Failure('too_large'))
  }
  const silence = setTimeout(stall, silenceMsMax)
  const whole = setTimeout(stall, wholeMsMax)
  request.on('data', take)
  request.on('end', finish)
  request.on('close', leave)
  request.on('error', () => {})
  return promise
}

/**
 * An upload as a stream, which is not read whole first. It fails with `too_large` over its bound and with `body_stalled` when the client
 * sends nothing for too long or takes too long in all.
 */
export function uploadOf(request: IncomingMessage, bytesMax: number, { silenceMsMax, wholeMsMax }: BodyTimes): Readable {
  if (Number(request.headers['content-length']) > bytesMax) throw new Failure('too_large')
  let bytes = 0
  const stall = () => counted.destroy(new Failure('body_stalled'))
  const silence = setTimeout(stall, silenceMsMax)
  const whole = setTimeout(stall, wholeMsMax)
  const counted = new PassThrough({
    transform(chunk: Buffer, _encoding, done) {
      bytes += chunk.length
      silence.refresh()
      done(bytes > bytesMax ? new Failure('too_large') : null, chunk)
    },
    final(done) {
      clearTimeout(silence)
      done()
    },
  })
  counted.on('close', () => {
    clearTimeout(silence)
    clearTimeout(whole)
    // The rest is read and dropped: unread, it would hide the end of the connection from us.
    request.unpipe(counted).resume()
  })
  request.on('error', () => counted.destroy(gone))
  request.on('close', () => request.complete || counted.destroy(gone))
  return request.pipe(counted)
}
