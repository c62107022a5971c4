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
/** A signed-in person with their token. */
export type Me = TelegramEntered

/** A token is not used in the last minute before it expires. */
const tokenMarginMs = 60_000
const answerMsMax = 8_000
const repeatsMax = 3
const repeatMs = 300

export type Gateway = ReturnType<typeof openGateway>

/** Clients of the public gateway in the name of the person who writes. Tokens are kept in the memory of this process alone. */
export function openGateway({ origin, secret, now }: { origin: string; secret: string; now: () => Date }) {
  const sessions = new Map<number, { me: Me; until: number }>()
  const asBot = client(authApi, { origin, headers: { [secretHeader]: secret }, fetch: fetchWithRetry })

  /** The person of a Telegram account, as the named membership or the last one; undefined when the account is not linked. */
  const enter = async (telegramId: number, userId?: string): Promise<Me | undefined> => {
    const found = sessions.get(telegramId)
    if (found && found.until > now().getTime() && (!userId || found.me.userId === userId)) return found.me
    try {
      return remember(telegramId, await asBot.telegram({ telegramId: String(telegramId), userId }))
    } catch (error) {
      sessions.delete(telegramId)
      if (error instanceof Refused && error.problem.code === 'telegram_not_linked') return undefined
      // The chosen membership is no longer the person's.
      if (userId && error instanceof Refused && error.problem.status < 500) return enter(telegramId)
      throw error
    }
  }
  const remember = (telegramId: number, me: Me): Me => {
    sessions.set(telegramId, { me, until: now().getTime() + me.expiresIn * 1000 - tokenMarginMs })
    return me
  }
  return {
    bot: asBot,
    enter,
    remember,
    forget: (telegramId: number) => void sessions.delete(telegramId),
    /** The typed clients in the name of a person. A token that was refused is requested again, once. */
    clientsFor(telegramId: number, me: Me): Clients {
      const fetchSigned: typeof fetch = async (input, init) => {
        const bearer = (token: string) => ({ ...init, headers: { ...(init?.headers as object), authorization: `Bearer ${token}` } })
        const answer = await fetchWithRetry(input, bearer(sessions.get(telegramId)?.me.accessToken ?? me.accessToken))
        if (answer.status !== 401) return answer
        sessions.delete(telegramId)
        const again = await enter(telegramId, me.userId)
        return again?.userId === me.userId ? fetchWithRetry(input, bearer(again.accessToken)) : answer
      }
      const headers = { 'accept-language': me.card.language }
      return Object.fromEntries(
        Object.entries(tables).map(([name, table]) => [name, client(table as Api, { origin, headers, fetch: fetchSigned })]),
      ) as Clients
    },
  }
}

/** Repeats a request that was not answered: every write carries a key by which it is done once. */
const fetchWithRetry: typeof fetch = async (input, init) => {
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
