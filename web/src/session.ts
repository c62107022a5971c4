import { authApi, type Me } from '@repitbot/contracts/auth'
import { broadcastApi } from '@repitbot/contracts/broadcast'
import { client, Refused } from '@repitbot/contracts/client'
import { inboxApi } from '@repitbot/contracts/inbox'
import { familyLessonApi, lessonApi, lessonPolicyApi } from '@repitbot/contracts/lesson'
import { peopleApi, schoolApi } from '@repitbot/contracts/people'
import { preferencesApi } from '@repitbot/contracts/preferences'
import { seriesApi } from '@repitbot/contracts/series'
import { studentApi } from '@repitbot/contracts/student'
import { QueryClient } from '@tanstack/react-query'
import { forgetKept, noting, openKept } from './kept.ts'
import { createStore } from './store.ts'

/** Taken anew so long before it ends. */
const earlyMs = 30_000
const hint = 'repitbot-signed-in'
/** The role of whoever was signed in here last, for what is worth loading before the server has said so. */
export const expected = (): string | null => localStorage.getItem(hint)

/** `lost`: somebody was signed in here, and the server cannot be asked who. */
export const lostBy = createStore<unknown>(undefined)
export const me = createStore<Me | 'asking' | 'lost' | undefined>('asking')
/** Asked for without a network too: the worker may have kept an answer. */
export const queries = new QueryClient({ defaultOptions: { queries: { retry: 1, staleTime: 10_000, networkMode: 'always' } } })

let access: { token: string; until: number } | undefined
let renewing: Promise<void> | undefined

/** The refresh token is in a cookie that no script reads; each is good once, so tabs take turns. */
async function renew(): Promise<void> {
  const ask = async () => {
    const response = await fetch('/auth/refresh', { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{}' })
    if (response.ok) return keep((await response.json()) as { accessToken: string; expiresIn: number })
    if (response.status >= 500 || response.status === 429) throw new TypeError(`${response.status}`)
    gone()
  }
  renewing ??= (navigator.locks ? navigator.locks.request('repitbot-refresh', ask) : ask()).finally(() => {
    renewing = undefined
  })
  await renewing
}
const keep = ({ accessToken, expiresIn }: { accessToken: string; expiresIn: number }) => {
  access = { token: accessToken, until: Date.now() + expiresIn * 1000 - earlyMs }
}
/** Nothing of the person stays behind, neither on the screen nor on the disk. */
function gone() {
  access = undefined
  localStorage.removeItem(hint)
  queries.clear()
  void forgetKept()
  me.set(undefined)
}

/** Whoever mistypes the current password stays signed in. */
const isOver = async (refusal: Response) => ((await refusal.json().catch(() => ({}))) as { code?: string }).code !== 'wrong_credentials'
const isFresh = () => (access ? Date.now() < access.until : !localStorage.getItem(hint))
const deps = {
  origin: '',
  token: () => access?.token,
  async fetch(input: RequestInfo | URL, init: RequestInit = {}) {
    // Without a network the token cannot be renewed, and the worker's answers need none.
    const renewed =
      isFresh() ||
      (await renew().then(
        () => true,
        () => false,
      ))
    const headers = new Headers(init.headers)
    if (access) headers.set('authorization', `Bearer ${access.token}`)
    const response = await noting(fetch(input, { ...init, headers }))
    if (response.status === 401 && access && renewed && (await isOver(response.clone()))) gone()
    return response
  },
}
export const auth = client(authApi, deps)
export const people = client(peopleApi, deps)
export const school = client(schoolApi, deps)
export const lessons = client(lessonApi, deps)
export const series = client(seriesApi, deps)
export const familyLessons = client(familyLessonApi, deps)
export const lessonPolicy = client(lessonPolicyApi, deps)
export const students = client(studentApi, deps)
export const preferences = client(preferencesApi, deps)
export const broadcasts = client(broadcastApi, deps)
export const inbox = client(inboxApi, deps)
/** For those who are not in yet: a wrong password there ends nobody's session. */
export const door = client(authApi, { origin: '', fetch: (input, init) => noting(fetch(input, init)) })

export async function entered(tokens: { accessToken: string; expiresIn: number }): Promise<void> {
  keep(tokens)
  queries.clear()
  await openKept()
  const who = await auth.me({})
  localStorage.setItem(hint, who.card.role)
  me.set(who)
}

/** Takes up the session of last time, if this browser had one. */
export async function resume(): Promise<void> {
  if (!localStorage.getItem(hint)) return me.set(undefined)
  try {
    me.set(await auth.me({}))
  } catch (error) {
    // Without a token the server only asks to sign in, which is not what is the matter.
    lostBy.set(error instanceof Refused && error.problem.status !== 401 ? error : new TypeError('lost'))
    if (localStorage.getItem(hint)) me.set('lost')
  }
}
export async function leave(everywhere = false): Promise<void> {
  await (everywhere ? auth.signOutEverywhere({}) : auth.logout({}))
  gone()
}
/** Goes on as another membership of the same person. */
export const become = async (userId: string): Promise<void> => entered(await auth.switch({ userId }))
/** What was changed of oneself is shown at once. */
export async function meAnew(): Promise<void> {
  me.set(await auth.me({}))
  await queries.invalidateQueries()
}
