import { openEmulator } from '@repitbot/bot/emulator'
import { authApi } from '@repitbot/contracts/auth'
import { client } from '@repitbot/contracts/client'
import type { Language } from '@repitbot/contracts/person-card'
import { demo as en } from '@repitbot/contracts/texts/en/demo'
import { demo as ru } from '@repitbot/contracts/texts/ru/demo'
import type { Router } from 'express'

/** The e-mail and password of each person of the demo. */
type SignInOf = (role: 'tutor' | 'student' | 'parent' | 'admin') => { email: string; password: string }

const texts = { ru, en }
const token = '1:demo'
const waitMsMax = 20_000
const checkEveryMs = 50

export type DemoTelegram = Awaited<ReturnType<typeof openDemoTelegram>>

/** A Telegram emulator with a chat for each person of the demo and for a guest who is not registered; `environment` points the services at it. */
export async function openDemoTelegram(language: Language, publicUrl: string) {
  const words = texts[language]
  const names = { tutor: words.tutor, student: words.students[0], parent: words.parents[0], admin: words.admin, guest: words.guest }
  const ids = { tutor: 101, student: 102, parent: 103, admin: 104, guest: 105 }
  const people = Object.entries(ids).map(([who, id]) => ({ id, firstName: names[who as keyof typeof ids] ?? who, languageCode: language }))
  const emulator = await openEmulator({ token, people })
  return {
    environment: { BOT_TOKEN: token, TELEGRAM_API_URL: emulator.url, TELEGRAM_URL: `${publicUrl}/demo/telegram/open` },
    serve: (router: Router) => void router.use('/demo/telegram', emulator.pages),
    /**
     * Links the people of the demo as they would do it themselves: from the profile, by a deep link, with a confirmation in the chat.
     * Calls the user service directly, because the gateway limits sign-ins.
     */
    async link(origin: string, signInOf: SignInOf) {
      for (const role of ['tutor', 'student', 'parent', 'admin'] as const) {
        const { accessToken } = await client(authApi, { origin }).login(signInOf(role))
        const auth = client(authApi, { origin, token: () => accessToken })
        const { card } = await auth.me({})
        const chat = emulator.chats.find(ids[role])
        if (card.telegramChatId !== null) emulator.chats.write(ids[role], '/menu')
        else {
          const { link } = await auth.telegramLink({})
          emulator.chats.write(ids[role], `/start ${new URL(link).searchParams.get('start')}`)
          const question = await waitFor(() => chat?.messages.find(({ from, markup }) => from === 'bot' && markup?.inline_keyboard.length))
          // "No" comes first, so that nobody agrees by habit.
          emulator.chats.tap(ids[role], question.id, question.markup?.inline_keyboard.at(-1)?.[0]?.callback_data ?? '')
          await waitFor(async () => (await auth.me({})).card.telegramChatId)
        }
        await auth.logout({})
      }
    },
    close: emulator.close,
  }
}

async function waitFor<T>(find: () => T | Promise<T>): Promise<NonNullable<T>> {
  for (const end = Date.now() + waitMsMax; Date.now() < end; await new Promise((resolve) => setTimeout(resolve, checkEveryMs))) {
    const found = await find()
    if (found) return found
  }
  throw new Error('The bot of the demo did not answer')
}
