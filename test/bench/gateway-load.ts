import type { ChildProcess } from 'node:child_process'
import { type KeyObject, randomUUIDv7 } from 'node:crypto'
import { connect, type Socket } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { tokenAudience, tokenIssuer } from '@repitbot/kit/auth'
import { SignJWT } from 'jose'
import { spent } from './cpu.ts'

export const path = '/api/v1/lessons?from=2026-09-01T00:00:00Z&until=2026-10-01T00:00:00Z'
export const origin = 'https://school.example'
/** Requests per second of wall time, and CPU time of the measured process for each. */
export type Measured = { perSecond: number; cpuUs: number }

type Told = { issuer?: string; audience?: string; expiresAt?: string }
export const makeToken = (key: KeyObject, { issuer = tokenIssuer, audience = tokenAudience, expiresAt = '2h' }: Told = {}) =>
  new SignJWT({ school: randomUUIDv7(), role: 'tutor', sid: randomUUIDv7(), typ: 'access' })
    .setProtectedHeader({ alg: 'ES256', kid: 'bench' })
    .setSubject(randomUUIDv7())
    .setIssuer(issuer)
    .setAudience(audience)
    .setExpirationTime(expiresAt)
    .sign(key)

/** Each connection sends its next request as soon as it has the answer. The end of an answer is recognised by the last byte of its body. */
export async function load(port: number, child: ChildProcess, tokens: string[], ms: number): Promise<Measured> {
  let answered = 0
  let refused = ''
  let running = true
  const sockets: Socket[] = []
  for (const token of tokens) {
    const request = [
      `GET ${path} HTTP/1.1`,
      `host: 127.0.0.1:${port}`,
      `authorization: Bearer ${token}`,
      `origin: ${origin}`,
      ...['accept: application/json', 'accept-language: ru,en;q=0.8', 'user-agent: Mozilla/5.0 (X11; Linux x86_64)', '\r\n'],
    ].join('\r\n')
    const socket = connect({ port, host: '127.0.0.1', noDelay: true }, () => socket.write(request))
    let isFirst = true
    socket.on('data', (chunk) => {
      if (isFirst && !chunk.toString('latin1', 0, 12).endsWith('200')) refused ||= chunk.toString()
      isFirst = chunk.at(-1) === 0x5d
      if (!isFirst) return
      answered++
      if (running) socket.write(request)
    })
    socket.on('error', () => {})
    sockets.push(socket)
  }
  await sleep(300)
  const [before, cpuBefore, begun] = [answered, spent([child.pid ?? 0]), performance.now()]
  await sleep(ms)
  const [count, cpu, seconds] = [answered - before, spent([child.pid ?? 0]) - cpuBefore, (performance.now() - begun) / 1000]
  running = false
  await sleep(50)
  for (const socket of sockets) socket.destroy()
  if (refused) throw new Error(`Not every answer was a success:\n${refused.slice(0, 500)}`)
  return { perSecond: count / seconds, cpuUs: (cpu * 1000) / count }
}
