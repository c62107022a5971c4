import { authApi, type TelegramEntered } from '@repitbot/contracts/auth'
import { type Client, client, Refused } from '@repitbot/contracts/client'
import type { Api } from '@repitbot/contracts/endpoint'
import { familyLessonApi } from '@repitbot/contracts/family-lesson'
import { lessonApi } from '@repitbot/contracts/lesson'
import { peopleApi } from '@repitbot/contracts/people'
import { seriesApi } from '@repitbot/contracts/series'
import { studentApi } from '@repitbot/contracts/student'
import { secretHeader } from '@repitbot/kit/auth'

const tables = {
  auth: authApi,
  people: peopleApi,
  lessons: lessonApi,
  familyLessons: familyLessonApi,
  series: seriesApi,
  students: studentApi,
}
type Tables = typeof tables
export type Clients = { [K in keyof Tables]: Client<Tables[K]> }
/** A person as the gateway knows them, for as long as their token is good. */
export type Me = TelegramEntered

/** A token is used no longer than this before its end. */
const spareMs = 60_000
const answerMsMax = 8_000
const repeatsMax = 3
const repeatMs = 300

export type Gateway = ReturnType<typeof openGateway>

/** The public door, asked in the name of whoever writes. Tokens stay in this process's memory and go with it. */
export function openGateway({ origin, secret, now }: { origin: string; secret: string; now: () => Date }) {
  const known = new Map<number, { me: Me; until: number }>()
  const asBot = client(authApi, { origin, headers: { [secretHeader]: secret }, fetch: patient })

  /** Who writes, as the membership named or the last one; nothing for somebody nobody knows. */
  const enter = async (telegramId: number, userId?: string): Promise<Me | undefined> => {
    const found = known.get(telegramId)
    if (found && found.until > now().getTime() && (!userId || found.me.userId === userId)) return found.me
    try {
      return keep(telegramId, await asBot.telegram({ telegramId: String(telegramId), userId }))
    } catch (error) {
      known.delete(telegramId)
      if (error instanceof Refused && error.problem.code === 'telegram_not_linked') return undefined
      // The membership gone by is no longer the person's.
      if (userId && error instanceof Refused && error.problem.status < 500) return enter(telegramId)
      throw error
    }
  }
  const keep = (telegramId: number, me: Me): Me => {
    known.set(telegramId, { me, until: now().getTime() + me.expiresIn * 1000 - spareMs })
    return me
  }
  return {
    bot: asBot,
    enter,
    keep,
    forget: (telegramId: number) => void known.delete(telegramId),
    /** The typed clients in somebody's name. A token that was refused is asked for again, once. */
    as(telegramId: number, me: Me): Clients {
      const signed: typeof fetch = async (input, init) => {
        const bearer = (token: string) => ({ ...init, headers: { ...(init?.headers as object), authorization: `Bearer ${token}` } })
        const answer = await patient(input, bearer(known.get(telegramId)?.me.accessToken ?? me.accessToken))
        if (answer.status !== 401) return answer
        known.delete(telegramId)
        const again = await enter(telegramId, me.userId)
        return again?.userId === me.userId ? patient(input, bearer(again.accessToken)) : answer
      }
      const headers = { 'accept-language': me.card.language }
      return Object.fromEntries(
        Object.entries(tables).map(([name, table]) => [name, client(table as Api, { origin, headers, fetch: signed })]),
      ) as Clients
    },
  }
}

/** What was not answered is asked again: every write carries a key by which it is done once. */
const patient: typeof fetch = async (input, init) => {
  for (let attempt = 1; ; attempt++) {
    const last = attempt === repeatsMax
    try {
      const answer = await fetch(input, { ...init, signal: AbortSignal.timeout(answerMsMax) })
      if (last || ![502, 503, 504].includes(answer.status)) return answer
      await answer.body?.cancel()
    } catch (error) {
      if (last) throw error
    }
    await new Promise((resolve) => setTimeout(resolve, attempt * repeatMs))
  }
}
