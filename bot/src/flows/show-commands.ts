import type { Speaking } from '../deps.ts'
import type { Talk } from '../feature.ts'
import { wordsIn } from '../rules/words.ts'

/** The commands of somebody nobody knows yet, in both languages: what Telegram shows in every new chat. */
export async function showCommands({ telegram, features, log }: Speaking): Promise<void> {
  const open = features.flatMap(({ command, for: roles }) => (command && !roles ? [command] : []))
  for (const [language, code] of [
    ['en', undefined],
    ['ru', 'ru'],
  ] as const)
    await telegram
      .setCommands(told(open, wordsIn(language)), { language: code })
      .catch((error: unknown) => log.warn({ error: String(error) }, 'The commands could not be shown'))
}

/** The commands of this person in their own chat; told again when role or language are others than the last time. */
export async function showOwnCommands({ telegram, store }: Speaking, talk: Talk): Promise<void> {
  const shown = `${talk.me?.card.role ?? 'nobody'} ${talk.words.language}`
  const dialogue = await store.findDialogue(talk.chatId)
  if (dialogue.commands === shown) return
  await telegram.setCommands(told(talk.commands(), talk.words), { chatId: talk.chatId })
  await store.saveDialogue(talk.chatId, { ...dialogue, commands: shown })
}

const told = (commands: ReturnType<Talk['commands']>, { text }: Talk['words']) =>
  commands.map((command) => ({ command, description: text(`commands.${command}.about`) }))
