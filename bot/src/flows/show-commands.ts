import type { ConnectedDeps } from '../deps.ts'
import type { ChatContext } from '../feature.ts'
import { wordsIn } from '../rules/words.ts'

/** Sets the commands that Telegram shows in every new chat, in both languages: those of a person who is not linked. */
export async function showCommands({ telegram, features, log }: ConnectedDeps): Promise<void> {
  const open = features.flatMap(({ command, for: roles }) => (command && !roles ? [command] : []))
  for (const [language, code] of [
    ['en', undefined],
    ['ru', 'ru'],
  ] as const)
    await telegram
      .setCommands(withDescriptions(open, wordsIn(language)), { language: code })
      .catch((error: unknown) => log.warn({ error: String(error) }, 'The commands could not be shown'))
}

/** Sets the commands of this person in their own chat, when role or language have changed since the last time. */
export async function showOwnCommands({ telegram, store }: ConnectedDeps, context: ChatContext): Promise<void> {
  const state = `${context.me?.card.role ?? 'nobody'} ${context.words.language}`
  const dialogue = await store.findDialogue(context.chatId)
  if (dialogue.commands === state) return
  await telegram.setCommands(withDescriptions(context.commands(), context.words), { chatId: context.chatId })
  await store.saveDialogue(context.chatId, { ...dialogue, commands: state })
}

const withDescriptions = (commands: ReturnType<ChatContext['commands']>, { text }: ChatContext['words']) =>
  commands.map((command) => ({ command, description: text(`commands.${command}.about`) }))
