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
    run: { test: 'bot/src/rules/talk-state.test.ts' },
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

  // What the Bot API emulator guards: a laxer one would let through what Telegram refuses.
  {
    name: 'the emulator takes too long a callback_data',
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

  // What the page guards.
  {
    name: 'a signed-out person leaves answers on the device',
    file: 'web/src/access.ts',
    find: '  void forgetKept()\n',
    replace: '',
    run: { test: 'web/test/offline.test.ts', only: 'leaves nothing of a person' },
    red: 'never came true',
  },
  {
    name: 'a newer page takes over unasked',
    file: 'web/worker/worker.ts',
    find: "worker.addEventListener('install', (event) => {",
    replace: "worker.addEventListener('install', (event) => {\n  void worker.skipWaiting()",
    run: { test: 'web/test/offline.test.ts', only: 'offers a newer page' },
    red: 'Timeout',
  },
  {
    name: 'grey that is too light to be read',
    file: 'web/src/theme.ts',
    find: "'--mantine-color-dimmed': '#4f5f5e'",
    replace: "'--mantine-color-dimmed': '#a0b0af'",
    run: { test: 'web/test/pages.test.ts', only: 'in ru for a student' },
    red: 'color-contrast',
  },
  {
    name: 'a chunk of pages on the way of a first visit',
    file: 'web/src/on-demand.ts',
    find: 'if (expectedRole()) await load()',
    replace: 'await load()',
    run: { test: 'web/test/enter.test.ts', only: 'loads no page' },
    red: 'home',
  },
]
