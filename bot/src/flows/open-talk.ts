import { createHash } from 'node:crypto'
import { localDay } from '@repitbot/contracts/calendar'
import type { Speaking } from '../deps.ts'
import type { CommandName, Feature, Signed, Talk } from '../feature.ts'
import type { Dialogue, Incoming } from '../rules/incoming.ts'
import type { Reading, Writer } from '../rules/read-update.ts'
import { button } from '../rules/screen.ts'
import { languageFrom, wordsIn } from '../rules/words.ts'

/** Everybody's commands that need no button: they are reached by words, or lead to the menu themselves. */
const unlisted: CommandName[] = ['start', 'menu', 'cancel']

/** Who writes, as which of their memberships, in which language and zone. */
export async function openTalk(deps: Speaking, incoming: Incoming, reading: Reading): Promise<Talk | Signed> {
  const dialogue = await deps.store.findDialogue(reading.chatId)
  const me = await deps.gateway.enter(reading.writer.id, dialogue.userId ?? undefined)
  return talkOf(deps, { incoming, writer: reading.writer, chatId: reading.chatId, dialogue, me })
}

type Opening = { incoming: Incoming; writer: Writer; chatId: number; dialogue: Dialogue; me: Talk['me'] }
function talkOf(deps: Speaking, opening: Opening): Talk | Signed {
  const { incoming, writer, chatId, dialogue, me } = opening
  const language = me?.card.language ?? (dialogue.language as 'ru' | 'en' | null) ?? languageFrom(writer.languageCode)
  const words = wordsIn(language)
  const zone = me?.card.zone ?? 'Europe/Moscow'
  const now = deps.now()
  const role = me?.card.role
  const mine = deps.features.flatMap((one) => (one.command && serves(one, role) ? [one.command] : []))
  const talk: Talk = {
    ...{ chatId, writer, words, now, me, pageUrl: deps.pageUrl, gateway: deps.gateway },
    wall: { language, zone },
    today: localDay(now, zone),
    async reopened({ userId = dialogue.userId ?? undefined, language: chosen = dialogue.language as 'ru' | 'en' | null }) {
      const changed = { ...dialogue, userId: userId ?? null, language: chosen }
      await deps.store.saveDialogue(chatId, changed)
      return talkOf(deps, { ...opening, dialogue: changed, me: await deps.gateway.enter(writer.id, userId) })
    },
    menu: () =>
      mine
        .filter((command) => !unlisted.includes(command))
        .map((command) => button(words.text(`commands.${command}.button`), 'go', command)),
    commands: () => mine,
  }
  if (!me || !role) return talk
  return { ...talk, me, role, ask: deps.gateway.as(writer.id, me), once: (step = '') => ({ idempotencyKey: keyOf(incoming, step) }) }
}

export const serves = (one: Feature, role: Signed['role'] | undefined): boolean =>
  !one.for || (role !== undefined && one.for.includes(role))

export const isSigned = (talk: Talk | Signed): talk is Signed => talk.me !== undefined

/** The same for every handling of one update, and no other's: Telegram may count its ids anew, but not within a second. */
const keyOf = ({ updateId, receivedAt }: Incoming, step: string) =>
  createHash('sha256').update(`telegram ${updateId} ${receivedAt.toISOString()} ${step}`).digest('hex')
