import { createHash } from 'node:crypto'
import { localDay } from '@repitbot/contracts/calendar'
import type { ConnectedDeps } from '../deps.ts'
import type { ChatContext, CommandName, Feature, MemberContext } from '../feature.ts'
import type { Dialogue, Incoming } from '../rules/incoming.ts'
import type { ParsedUpdate, Writer } from '../rules/read-update.ts'
import { button } from '../rules/screen.ts'
import { languageFrom, wordsIn } from '../rules/words.ts'

/** Commands without a button in the menu: they are typed, or lead to the menu themselves. */
const unlisted: CommandName[] = ['start', 'menu', 'cancel']

/** Who writes, as which of their memberships, in which language and zone. */
export async function openContext(
  deps: ConnectedDeps,
  incoming: Incoming,
  { chatId, writer }: ParsedUpdate,
): Promise<ChatContext | MemberContext> {
  const dialogue = await deps.store.findDialogue(chatId)
  const me = await deps.gateway.enter(writer.id, dialogue.userId ?? undefined)
  return toContext(deps, { incoming, writer, chatId, dialogue, me })
}

type Opening = { incoming: Incoming; writer: Writer; chatId: number; dialogue: Dialogue; me: ChatContext['me'] }
function toContext(deps: ConnectedDeps, opening: Opening): ChatContext | MemberContext {
  const { incoming, writer, chatId, dialogue, me } = opening
  const language = me?.card.language ?? (dialogue.language as 'ru' | 'en' | null) ?? languageFrom(writer.languageCode)
  const words = wordsIn(language)
  const zone = me?.card.zone ?? 'Europe/Moscow'
  const now = deps.now()
  const role = me?.card.role
  const ownCommands = deps.features.flatMap((one) => (one.command && serves(one, role) ? [one.command] : []))
  const context: ChatContext = {
    chatId,
    writer,
    words,
    now,
    me,
    pageUrl: deps.pageUrl,
    gateway: deps.gateway,
    wall: { language, zone },
    today: localDay(now, zone),
    async reopen({ userId = dialogue.userId ?? undefined, language: chosen = dialogue.language as 'ru' | 'en' | null }) {
      const changed = { ...dialogue, userId: userId ?? null, language: chosen }
      await deps.store.saveDialogue(chatId, changed)
      return toContext(deps, { ...opening, dialogue: changed, me: await deps.gateway.enter(writer.id, userId) })
    },
    menu: () =>
      ownCommands
        .filter((command) => !unlisted.includes(command))
        .map((command) => button(words.text(`commands.${command}.button`), 'go', command)),
    commands: () => ownCommands,
  }
  if (!me || !role) return context
  return {
    ...context,
    me,
    role,
    api: deps.gateway.clientsFor(writer.id, me),
    once: (step = '') => ({ idempotencyKey: keyOf(incoming, step) }),
  }
}

export const serves = (one: Feature, role: MemberContext['role'] | undefined): boolean =>
  !one.for || (role !== undefined && one.for.includes(role))

export const isMember = (context: ChatContext | MemberContext): context is MemberContext => context.me !== undefined

/** The same each time that one update is handled, and different for any other: Telegram may start its ids anew, but not within a second. */
const keyOf = ({ updateId, receivedAt }: Incoming, step: string) =>
  createHash('sha256').update(`telegram ${updateId} ${receivedAt.toISOString()} ${step}`).digest('hex')
