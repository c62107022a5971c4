import type { Migration } from '@repitbot/kit/migrations'

/** The numbers that a chat chooses from when a page asks to sign in; the page shows the first. Without one, a request is only declined. */
export const loginNumber: Migration = {
  name: '0007-login-number',
  up: `alter table telegram_request add column choices int[] not null default '{}';`,
}
