import { type ClientDeps, pageHeader } from '@repitbot/contracts/client'
import { forgetKept, noteConnection } from './kept.ts'
import { inTurn } from './locks.ts'
import { expectedRole, expectRole, me, onSignedOutElsewhere, sessionOver } from './me.ts'
import { queries } from './queries.ts'
import { browserStorage, forgetPerson, leftKey } from './storage.ts'

/** The access token is renewed so long before it ends. */
const earlyMs = 30_000

/** Over plain http browsers do not say what they are, and our cookie is given to pages alone. */
export const ofPage = { [pageHeader]: '1' }

export type Tokens = { accessToken: string; expiresIn: number }
let access: { token: string; until: number } | undefined
let renewing: Promise<void> | undefined

const post = (path: string, token?: string) => {
  const headers = { 'content-type': 'application/json', ...ofPage, ...(token && { authorization: `Bearer ${token}` }) }
  return fetch(path, { method: 'POST', headers, body: '{}' })
}
/** The refresh token is in a cookie that no script reads; each is good once, so tabs take turns. Undefined when the session is over. */
async function refreshed(): Promise<Tokens | undefined> {
  const response = await post('/auth/refresh')
  if (response.ok) return (await response.json()) as Tokens
  if (response.status === 401) return undefined
  // A server that cannot answer, or not yet, says nothing about the session.
  throw new TypeError(`${response.status}`)
}
async function renew(): Promise<void> {
  const ask = async () => {
    const tokens = await refreshed()
    if (tokens) keepAccess(tokens)
    else endSession()
  }
  renewing ??= inTurn('repitbot-refresh', ask).finally(() => {
    renewing = undefined
  })
  await renewing
}
export function keepAccess({ accessToken, expiresIn }: Tokens): void {
  access = { token: accessToken, until: Date.now() + expiresIn * 1000 - earlyMs }
}
/**
 * Ends the session here: nothing of the person is left on the screen or on the disk. One that the server has ended says so at the sign-in
 * form, and leaves what was typed in this tab to the same person.
 */
export function endSession(signedOut = false): void {
  access = undefined
  expectRole(undefined)
  forgetPerson(!signedOut)
  queries.clear()
  void forgetKept()
  sessionOver.set(!signedOut)
  me.set(undefined)
}
onSignedOutElsewhere(() => typeof me.get() === 'object' && endSession(true))

/** Signs out: here at once, with or without a connection; on the server now, or as soon as it can be reached. */
export async function leave(path: '/auth/logout' | '/auth/sign-out-everywhere'): Promise<void> {
  const token = access?.token
  endSession(true)
  browserStorage.set(leftKey, path)
  await endLeftSession(token)
}
addEventListener('online', () => void endLeftSession())
/** Ends on the server the session that was left here without a connection, if there is one. */
export async function endLeftSession(token?: string): Promise<void> {
  const path = browserStorage.get(leftKey)
  if (!path) return
  const end = async () => {
    let answer = token ? await post(path, token) : undefined
    if (!answer || answer.status === 401) {
      const tokens = await refreshed()
      answer = tokens && (await post(path, tokens.accessToken))
    }
    // No tokens: it is over already.
    if (!answer || answer.ok) browserStorage.set(leftKey, undefined)
  }
  await inTurn('repitbot-refresh', end).catch(() => {})
}

/** A wrong current password, when changing it, does not end the session. */
const isOver = async (refusal: Response) => ((await refusal.json().catch(() => ({}))) as { code?: string }).code !== 'wrong_credentials'
const isFresh = () => (access ? Date.now() < access.until : !expectedRole())

/** How a signed-in person's requests go out: with an access token that is renewed in time. */
export const connection: ClientDeps = {
  origin: '',
  headers: ofPage,
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
