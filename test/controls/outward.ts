import type { Control } from './control.ts'

/** What is guarded of what leaves the platform, and of the way in by Telegram. */
export const outwardControls: Control[] = [
  {
    name: 'a message whose answer was lost is sent again',
    file: 'services/notification/src/flows/send-telegram.ts',
    find: 'sendsAgain: false',
    replace: 'sendsAgain: true',
    run: { test: 'test/journeys/unsteady.test.ts', only: 'whose answer is lost' },
    red: 'all came, for only answers were lost',
  },
  {
    name: 'a sender does not wait for its turn',
    file: 'services/notification/src/flows/take-turn.ts',
    find: 'return isOurs ? waited(inMs) : inMs',
    replace: 'return isOurs ? waited(inMs) : 0',
    run: { test: 'test/journeys/unsteady.test.ts', only: 'told too fast' },
    red: 'not one was refused',
  },
  {
    name: 'a message that did not get through is given up',
    file: 'services/notification/src/rules/delivery.ts',
    find: "return { state: 'waiting', dueAt:",
    replace: "if (kind) return { state: 'failed', falls: false }\n  return { state: 'waiting', dueAt:",
    run: { test: 'test/journeys/unsteady.test.ts', only: '(broken)' },
    red: 'AssertionError',
  },
  {
    name: 'quiet hours are not kept',
    file: 'services/notification/src/rules/delivery.ts',
    find: "if (!quiet) return { kind: 'go' }",
    replace: "if (!quiet || card) return { kind: 'go' }",
    run: { test: 'test/journeys/outward.test.ts', only: 'end of quiet hours' },
    red: 'it is 23:30 in Moscow',
  },
  {
    name: 'what people wrote is markup in Telegram',
    file: 'services/notification/src/rules/telegram-text.ts',
    find: ".replaceAll('<', '&lt;')",
    replace: '',
    run: { test: 'test/journeys/outward.test.ts', only: 'first channel that lives' },
    red: 'AssertionError',
  },
  {
    name: 'a sign-in by Telegram is confirmed by whoever comes second',
    file: 'services/user/src/rules/telegram.ts',
    find: "if (request.state !== 'asked' && request.telegramId !== telegramId) return 'link_not_valid'",
    replace: '',
    run: { test: 'services/user/test/telegram.test.ts', only: 'nobody else once somebody has' },
    red: 'It was not refused',
  },
  {
    name: 'a sign-in by Telegram is good twice',
    file: 'services/user/src/store/telegram.ts',
    find: "delete from telegram_request where id = $1 and state = 'confirmed' returning id",
    replace: "select id from telegram_request where id = $1 and state = 'confirmed'",
    run: { test: 'services/user/test/telegram.test.ts', only: 'finished once by the page' },
    red: 'AssertionError',
  },
]
