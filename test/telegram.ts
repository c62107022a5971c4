import { setTimeout as sleep } from 'node:timers/promises'
import { openEmulator } from '@repitbot/bot/emulator'
import { botSecret, type WorldOptions } from '@repitbot/kit/testing/world'
import { freePorts } from '../start/processes.ts'
import { type Member, openPlatform, type Platform } from './platform.ts'

const token = '1:test'
const settleMsMax = 20_000

export type Chat = ReturnType<Telegram['chat']>
export type Telegram = Awaited<ReturnType<typeof openTelegram>>

type Options = { languageCode?: string; webhook?: boolean } & Pick<WorldOptions, 'logLevel' | 'logTo'>
/** Every service, the gateway, the bot and a Telegram emulator. The emulator's clock runs so fast that its limit for messages to a chat is never reached. */
export async function openTelegram(names: Record<string, number>, { languageCode = 'ru', webhook = false, ...logs }: Options = {}) {
  let tick = Date.now()
  const people = Object.entries(names).map(([firstName, id]) => ({ id, firstName, languageCode }))
  const emulator = await openEmulator({ token, people, now: () => (tick += 1_100) })
  const [gatewayPort = 0] = await freePorts(1)
  const gatewayUrl = `http://127.0.0.1:${gatewayPort}`
  const env = {
    BOT_TOKEN: token,
    BOT_SECRET: botSecret,
    TELEGRAM_API_URL: emulator.url,
    GATEWAY_URL: gatewayUrl,
    ...(webhook && { WEBHOOK_URL: gatewayUrl }),
  }
  const platform = await openPlatform({ env, gatewayPort, ...logs })
  platform.world.services.find(({ name }) => name === 'bot')?.startJobs()

  /** Until everything said to the bot was handled. */
  const idle = async () => {
    for (const end = Date.now() + settleMsMax; ; await sleep(5)) {
      // An update is confirmed once it is stored, so unconfirmed updates are counted first.
      const areStored = emulator.updates.count() === 0
      const waiting = await platform.world.sql('select body, error from bot.incoming where done_at is null limit 1')
      if (areStored && !waiting.length) return
      if (Date.now() > end) throw new Error(`The bot has not answered: ${JSON.stringify(waiting)}`)
    }
  }
  /** Handles the last update once more, as after a process that died before it marked it as done. */
  const again = async () => {
    await platform.world.sql('update bot.incoming set done_at = null where update_id = (select max(update_id) from bot.incoming)')
    await idle()
  }
  const chat = (name: string) => {
    const id = names[name] ?? 0
    const found = () => emulator.chats.find(id)
    const ofBot = () => (found()?.messages ?? []).filter(({ from }) => from === 'bot')
    const last = () => ofBot().at(-1)
    const buttons = () => (last()?.markup?.inline_keyboard ?? []).flat()
    const press = async (data: string, messageId = last()?.id ?? 0) => {
      emulator.chats.tap(id, messageId, data)
      await idle()
    }
    return {
      id,
      last,
      count: () => ofBot().length,
      toast: () => found()?.toast,
      text: () => last()?.text ?? '',
      labels: () => buttons().map(({ text }) => text),
      dataOf: (label: string) => buttons().find(({ text }) => text.includes(label))?.callback_data ?? '',
      async say(text: string) {
        emulator.chats.write(id, text)
        await idle()
      },
      /** Presses the button of the last message whose label contains the text. */
      async press(label: string) {
        const data = buttons().find(({ text }) => text.includes(label))?.callback_data
        if (data === undefined) throw new Error(`There is no button ${label} among: ${buttons().map(({ text }) => text)}`)
        await press(data)
      },
      pressData: press,
      commands: () => {
        const it = found()
        return it ? emulator.chats.commandsOf(it).map(({ command }) => command) : []
      },
    }
  }
  /** Links a member of the platform to their chat as they would do it: by a link from the profile, and a yes in the chat, which stands below the no. */
  const link = async (name: string, member: Member) => {
    const { link: address } = await platform.as(member, 'gateway').auth.telegramLink({})
    const one = chat(name)
    await one.say(`/start ${new URL(address).searchParams.get('start')}`)
    await one.pressData(one.last()?.markup?.inline_keyboard[1]?.[0]?.callback_data ?? '')
    return one
  }
  return {
    platform: platform as Platform,
    emulator,
    idle,
    again,
    chat,
    link,
    async close() {
      await platform.close()
      await emulator.close()
    },
  }
}
