import type { Control } from './control.ts'

/** What the bot guards: nothing twice, nothing by an old button, nothing from a stranger, nothing unescaped. */
export const botControls: Control[] = [
  {
    name: 'a write of an update that is handled again is done again',
    file: 'bot/src/flows/open-talk.ts',
    find: 'update(`telegram ',
    replace: 'update(Math.random() + `telegram ',
    run: { test: 'test/journeys/bot-dialogues.test.ts', only: 'handled again' },
    red: 'AssertionError',
  },
  {
    name: 'a dialogue goes on from what a lost answer left behind',
    file: 'bot/src/rules/talk-state.ts',
    find: 'kept?.by === updateId ? kept.before : kept?.now',
    replace: 'kept?.by === -updateId ? kept.before : kept?.now',
    run: { test: 'test/journeys/bot-dialogues.test.ts', only: 'handled again' },
    red: 'AssertionError',
  },
  {
    name: 'a button of an older card still does its work',
    file: 'bot/src/features/lesson-card.ts',
    find: 'isStale: lesson.version !== Number.parseInt(version, 36)',
    replace: "isStale: version === ''",
    run: { test: 'test/journeys/bot-dialogues.test.ts', only: 'renews a card' },
    red: 'AssertionError',
  },
  {
    name: 'the webhook takes updates from anybody',
    file: 'bot/src/routes.ts',
    find: 'if (!isSecret(',
    replace: 'if (false && !isSecret(',
    run: { test: 'test/journeys/bot-people.test.ts', only: 'by the secret alone' },
    red: 'AssertionError',
  },
  {
    name: 'the bot shows what people wrote as it comes',
    file: 'bot/src/rules/words.ts',
    find: 'interpolation: { escape: escaped,',
    replace: 'interpolation: { escapeValue: false,',
    run: { test: 'bot/src/rules/screen.test.ts', only: 'escapes what people wrote' },
    red: 'AssertionError',
  },
]
