import { authApi, type Me } from '@repitbot/contracts/auth'
import { client } from '@repitbot/contracts/client'
import { inboxApi } from '@repitbot/contracts/inbox'
import { familyLessonApi, lessonApi } from '@repitbot/contracts/lesson'
import { peopleApi, schoolApi } from '@repitbot/contracts/people'
import { seriesApi } from '@repitbot/contracts/series'
import { studentApi } from '@repitbot/contracts/student'
import { QueryClient } from '@tanstack/react-query'
import { createStore } from './store.ts'

/** Taken anew so long before it ends. */
const earlyMs = 30_000
const hint = 'repitbot-signed-in'

export const me = createStore<Me | 'asking' | undefined>('asking')
export const queries = new QueryClient({ defaultOptions: { queries: { retry: 1, staleTime: 10_000 } } })

let access: { token: string; until: number } | undefined
let renewing: Promise<void> | undefined

/** The refresh token is in a cookie that no script reads; each is good once, so tabs take turns. */
async function renew(): Promise<void> {
  const ask = async () => {
    const response = await fetch('/auth/refresh', { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{}' })
    if (response.ok) return keep((await response.json()) as { accessToken: string; expiresIn: number })
    if (response.status < 500 && response.status !== 429) gone()
  }
  renewing ??= (navigator.locks ? navigator.locks.request('repitbot-refresh', ask) : ask()).finally(() => {
    renewing = undefined
  })
  await renewing
}
const keep = ({ accessToken, expiresIn }: { accessToken: string; expiresIn: number }) => {
  access = { token: accessToken, until: Date.now() + expiresIn * 1000 - earlyMs }
}
function gone() {
  access = undefined
  localStorage.removeItem(hint)
  queries.clear()
  me.set(undefined)
}

const ground = {
  origin: '',
  token: () => access?.token,
  async fetch(input: RequestInfo | URL, init: RequestInit = {}) {
    if (access && Date.now() > access.until) await renew()
    const headers = new Headers(init.headers)
    if (access) headers.set('authorization', `Bearer ${access.token}`)
    const response = await fetch(input, { ...init, headers })
    if (response.status === 401 && access) gone()
    return response
  },
}
export const auth = client(authApi, ground)
export const people = client(peopleApi, ground)
export const school = client(schoolApi, ground)
export const lessons = client(lessonApi, ground)
export const series = client(seriesApi, ground)
export const familyLessons = client(familyLessonApi, ground)
export const students = client(studentApi, ground)
export const inbox = client(inboxApi, ground)
/** For those who are not in yet: a wrong password there ends nobody's session. */
export const door = client(authApi, { origin: '' })

export async function entered(tokens: { accessToken: string; expiresIn: number }): Promise<void> {
  keep(tokens)
  queries.clear()
  me.set(await auth.me({}))
  localStorage.setItem(hint, '1')
}

/** Takes up the session of last time, if this browser had one. */
export async function resume(): Promise<void> {
  if (!localStorage.getItem(hint)) return me.set(undefined)
  try {
    await renew()
    me.set(access ? await auth.me({}) : undefined)
  } catch {
    me.set(undefined)
  }
}
export async function leave(everywhere = false): Promise<void> {
  await (everywhere ? auth.signOutEverywhere({}) : auth.logout({}))
  gone()
}
