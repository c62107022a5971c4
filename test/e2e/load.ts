import { request } from 'node:http'
import { Readable } from 'node:stream'
import { setTimeout as sleep } from 'node:timers/promises'
import { clientsAt } from '../clients.ts'
import { admin } from './school.ts'

const slowMs = 2_000
const tokenMs = 4 * 60_000
const everyMs = 60

export type Load = { stop(): Promise<{ answered: number; slow: number; failed: string[] }> }

/** A steady load through the gateway: quick reads on open connections, and writes whose body takes two seconds to arrive. */
export async function openLoad(url: string): Promise<Load> {
  const entered = async () => (await clientsAt(() => url).auth.login(admin)).accessToken
  let token = await entered()
  const renewal = setInterval(
    () =>
      void entered().then(
        (again) => (token = again),
        () => {},
      ),
    tokenMs,
  )
  const failed: string[] = []
  let [answered, slow, isOn] = [0, 0, true]
  const counted = async (what: string, work: () => Promise<number>) => {
    const status = await work().catch(
      (error: Error & { code?: string; cause?: { code?: string } }) => error.cause?.code ?? error.code ?? error.message,
    )
    if (status === 200) answered++
    else failed.push(`${new Date().toISOString()} ${what}: ${status}`)
  }
  const quick = async () => {
    for (; isOn; await sleep(everyMs))
      await counted('read', async () => {
        const answer = await fetch(`${url}/api/v1/people`, {
          headers: { authorization: `Bearer ${token}` },
          signal: AbortSignal.timeout(20_000),
        })
        await answer.arrayBuffer()
        return answer.status
      })
  }
  const policy = await clientsAt(() => url, token).lessonPolicy.get({})
  const slowly = async (method: string, path: string, body: object) => {
    for (; isOn; await sleep(everyMs)) {
      await counted('slow write', () => trickled({ method, url: url + path, token, body: JSON.stringify(body) }))
      slow++
    }
  }
  const all = [
    quick(),
    quick(),
    quick(),
    quick(),
    slowly('PUT', '/api/v1/lesson-policy', policy),
    slowly('PATCH', '/api/v1/school', { name: 'E2E' }),
  ]
  return {
    async stop() {
      isOn = false
      await Promise.all(all)
      clearInterval(renewal)
      return { answered, slow, failed }
    },
  }
}

/** A request that is two seconds under way: its head comes at once and the end of its body late. */
type Trickled = { method: string; url: string; token: string; body: string }
function trickled({ method, url, token, body }: Trickled): Promise<number> {
  return new Promise((resolve, reject) => {
    const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) }
    const outgoing = request(url, { method, headers, timeout: 20_000 }, (answer) => {
      answer.resume().once('end', () => resolve(answer.statusCode ?? 0))
      answer.once('error', reject)
    })
    outgoing.once('error', reject)
    const parts = async function* () {
      yield body.slice(0, 1)
      await sleep(slowMs)
      yield body.slice(1)
    }
    Readable.from(parts()).pipe(outgoing)
  })
}
