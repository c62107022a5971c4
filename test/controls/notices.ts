import type { Control } from './control.ts'

/** Guards of what notices say and to whom they go. */
export const noticeControls: Control[] = [
  {
    name: 'a "no" to notices means the first channel that works',
    file: 'packages/contracts/person-card.ts',
    find: 'chosen === null ? usable.slice(0, 1)',
    replace: '!chosen?.length ? usable.slice(0, 1)',
    run: { test: 'test/journeys/consent.test.ts', only: 'each kind of notice' },
    red: 'AssertionError',
  },
  {
    name: 'a channel that fails is replaced by one to which the person said "no"',
    file: 'services/notification/src/rules/delivery.ts',
    find: 'row.noFallback || chosen === null ? usable',
    replace: 'row.noFallback || chosen ? usable',
    run: { test: 'test/journeys/consent.test.ts', only: 'holds when Telegram is blocked' },
    red: 'AssertionError',
  },
  {
    name: 'a message that waits for its next try is sent after a "no"',
    file: 'services/notification/src/rules/delivery.ts',
    find: 'return allowedChannels(choice, row).includes(channel) ?',
    replace: 'return channel ?',
    run: { test: 'test/journeys/consent.test.ts', only: 'waits for its next try' },
    red: 'AssertionError',
  },
  {
    name: 'the bot takes a "no" for no answer',
    file: 'bot/src/features/start.ts',
    find: "id === 'yes' ? ['telegram', ...others] : others",
    replace: "id === 'yes' ? ['telegram', ...others] : undefined",
    run: { test: 'test/journeys/consent.test.ts', only: 'is obeyed' },
    red: 'AssertionError',
  },
  {
    name: 'a "no" to quiet hours means the usual ones',
    file: 'packages/contracts/person-card.ts',
    find: 'return held.from === held.until ? undefined : held',
    replace: 'return held.from === held.until ? usualQuietHours : held',
    run: { test: 'test/journeys/consent.test.ts', only: 'to quiet hours' },
    red: 'AssertionError',
  },
  {
    name: 'an admin chooses where the notices of another are sent',
    file: 'packages/contracts/people.ts',
    find: 'ProfileChange.omit({ channels: true })',
    replace: 'ProfileChange',
    run: { test: 'services/user/test/people.test.ts', only: 'everybody’s own choice' },
    red: 'It was not refused',
  },
]
