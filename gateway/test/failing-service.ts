import type { RequestListener } from 'node:http'
import { type Client, client } from '@repitbot/contracts/client'
import { gatewayApi } from '@repitbot/contracts/gateway'
import { bearer, lessonList, openAndClose } from './stand-in.ts'

/** Opens, for one test, a gateway before a lesson service that fails as the test says. */
export function openFailing() {
  const open = openAndClose()
  /** A gateway and a service whose instances answer as `how.answer` says: with a status, never, or by cutting the connection. */
  return async ({
    instances = 1,
    ...bounds
  }: {
    failureThreshold?: number
    recoverySeconds?: number
    timeoutMs?: number
    instances?: number
  } = {}) => {
    const how = { answer: 200 as number | 'nothing' | 'cut', requests: 0 }
    const answer: RequestListener = (request, response) => {
      how.requests++
      if (how.answer === 'cut') request.socket.destroy()
      else if (how.answer !== 'nothing') response.writeHead(how.answer).end('{}')
    }
    const services = await Promise.all(Array.from({ length: instances }, () => open.service(answer)))
    const other = await open.service((_request, response) => response.end('{}'))
    const circuitBreaker = { failureThreshold: 3, recoverySeconds: 1, timeoutMs: 200, ...bounds }
    const gateway = await open.gateway({
      upstreams: { lesson: services.map(({ url }) => url), student: [other.url], notification: [other.url] },
      settings: { circuitBreaker },
    })
    const headers = await bearer()
    const ask = (path = lessonList, init: RequestInit = {}) => fetch(gateway.url + path, { ...init, headers })
    const admin: Client<typeof gatewayApi> = client(gatewayApi, {
      origin: gateway.url,
      token: () => headers.authorization.slice('Bearer '.length),
    })
    const state = async () => (await admin.services({})).find((one) => one.service === 'lesson')?.breaker
    const askTimes = async (count: number) => {
      for (let n = 0; n < count; n++) await ask()
    }
    return { how, gateway, ask, admin, state, askTimes, circuitBreaker }
  }
}
