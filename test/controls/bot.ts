import type { Control } from './control.ts'

/** Guards of the bot: nothing is done twice, by an old button or for a stranger, and text of people is escaped. */
export const botControls: Control[] = [
  {
    name: 'an update that is handled again writes again',
    file: 'bot/src/flows/open-context.ts',
    find: 'update(`telegram ',
    replace: 'update(Math.random() + `telegram ',
    run: { test: 'test/journeys/bot-dialogues.test.ts', only: 'handled again' },
    red: 'AssertionError',
  },
  {
    name: 'a dialogue goes on from the state that an unfinished update left',
    file: 'bot/src/rules/form-state.ts',
    find: 'kept?.by === updateId ? kept.before : kept?.now',
    replace: 'kept?.by === -updateId ? kept.before : kept?.now',
    run: { test: 'bot/src/rules/form-state.test.ts' },
    red: 'AssertionError',
  },
  {
    name: 'a button of an outdated card still works',
    file: 'bot/src/features/lesson-card.ts',
    find: 'isStale: lesson.version !== Number.parseInt(version, 36)',
    replace: "isStale: version === ''",
    run: { test: 'test/journeys/bot-dialogues.test.ts', only: 'renews a card' },
    red: 'AssertionError',
  },
  {
    name: 'the webhook accepts updates from anybody',
    file: 'bot/src/routes.ts',
    find: 'if (!isSecret(',
    replace: 'if (false && !isSecret(',
    run: { test: 'test/journeys/bot-people.test.ts', only: 'only with the secret' },
    red: 'AssertionError',
  },
  {
    name: 'the bot does not escape text of people',
    file: 'bot/src/rules/words.ts',
    find: 'interpolation: { escape: escaped,',
    replace: 'interpolation: { escapeValue: false,',
    run: { test: 'bot/src/rules/screen.test.ts', only: 'escapes what people wrote' },
    red: 'AssertionError',
  },

  // Guards of the Bot API emulator: it must refuse what Telegram refuses.
  {
    name: 'the emulator accepts a callback_data that is too long',
    file: 'bot/emulator/methods.ts',
    find: 'const callbackBytesMax = 64',
    replace: 'const callbackBytesMax = 65',
    run: { test: 'bot/test/emulator.test.ts', only: 'refuses 65' },
    red: 'BUTTON_DATA_INVALID',
  },
  {
    name: 'the emulator lets two messages a second through',
    file: 'bot/emulator/methods.ts',
    find: 'const messageEveryMs = 1000',
    replace: 'const messageEveryMs = 0',
    run: { test: 'bot/test/emulator.test.ts', only: 'within a second' },
    red: '429',
  },
]
