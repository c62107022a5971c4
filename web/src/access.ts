import type { ClientDeps } from '@repitbot/contracts/client'
import { forgetKept, noteConnection } from './kept.ts'
import { expectedRole, expectRole, me } from './me.ts'
import { queries } from './queries.ts'

/** The access token is renewed so long before it ends. */
const earlyMs = 30_000

export type Tokens = { accessToken: string; expiresIn: number }
let access: { token: string; until: number } | undefined
let renewing: Promise<void> | undefined

/** The refresh token is in a cookie that no script reads; each is good once, so tabs take turns. */
async function renew(): Promise<void> {
  const ask = async () => {
    const response = await fetch('/auth/refresh', { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{}' })
    if (response.ok) return keepAccess((await response.json()) as Tokens)
    if (response.status >= 500 || response.status === 429) throw new TypeError(`${response.status}`)
    endSession()
  }
  renewing ??= (navigator.locks ? navigator.locks.request('repitbot-refresh', ask) : ask()).finally(() => {
    renewing = undefined
  })
  await renewing
}
export function keepAccess({ accessToken, expiresIn }: Tokens): void {
  access = { token: accessToken, until: Date.now() + expiresIn * 1000 - earlyMs }
}
/** Ends the session here: nothing of the person is left on the screen or on the disk. */
export function endSession(): void {
  access = undefined
  expectRole(undefined)
  queries.clear()
  void forgetKept()
  me.set(undefined)
}

/** A wrong current password, when changing it, does not end the session. */
const isOver = async (refusal: Response) => ((await refusal.json().catch(() => ({}))) as { code?: string }).code !== 'wrong_credentials'
const isFresh = () => (access ? Date.now() < access.until : !expectedRole())

/** How a signed-in person's requests go out: with an access token that is renewed in time. */
export const connection: ClientDeps = {
  origin: '',
  token: () => access?.token,
  async fetch(input, init = {}) {
    // Without a network the token cannot be renewed, and the worker's answers need none.
    const renewed =
      isFresh() ||
      (await renew().then(
        () => true,
        () => false,
      ))
    const headers = new Headers(init.headers)
    if (access) headers.set('authorization', `Bearer ${access.token}`)
    const response = await noteConnection(fetch(input, { ...init, headers }))
    if (response.status === 401 && access && renewed && (await isOver(response.clone()))) endSession()
    return response
  },
}
