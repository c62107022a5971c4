import type * as ru from '../ru/frame.ts'
import type { Translated } from '../translated.ts'

export const commands: Translated<typeof ru.commands> = {
  help: { about: 'What can be done here', button: '❓ Help' },
  menu: { about: 'Main menu', button: '🏠 Menu' },
  cancel: { about: 'Leave what was begun', button: '✖️ Close' },
}

export const bot: Translated<typeof ru.bot> = {
  back: '⬅️ Back',
  close: '✖️ Close',
  toMenu: '🏠 Menu',
  stale: 'Already done',
  cancelled: 'Closed. Nothing has changed.',
  nothingToCancel: 'Nothing was begun. Here is the menu:',
  more: '… The rest is on the page: {{url}}',
  bare: 'Telegram did not take the buttons of this card. The same is on the page: {{url}}',
  group: 'I show neither lessons nor grades in groups. Write to me in a private chat.',
  unknown: 'I did not understand. Choose what you need:',
  notYours: 'This command is for another role. All you can do is in the menu.',
  form: {
    choose: 'Choose by a button under the card.',
    left: 'This was begun before and is not finished. Go on?',
    resume: '▶️ Go on',
    anew: '🆕 Start anew',
  },
  menu: {
    tutor: '<b>{{school}}</b>\nHello, {{name}}! What shall we do?',
    student: '<b>{{school}}</b>\nHi, {{name}}! What shall we look at?',
    as: '🔁 {{school}}: {{role}}',
  },
  help: {
    known: 'This is what can be done here:',
    row: '/{{command}} - {{about}}',
    more: 'All of it is in the menu, too, and on the page: {{url}}',
  },
}

export const web: Translated<typeof ru.web> = {
  menu: 'Menu',
  back: 'Back',
  language: 'Language: Russian',
  dark: 'Dark theme',
  light: 'Light theme',
  retry: 'Try again',
  lost: 'The server cannot be reached. What you typed is kept; try again.',
  failed: 'That did not work',
  fieldMissing: 'Fill this in',
  fieldShort: 'Too short: at least {{least}} characters',
  fieldEmail: 'This does not look like an e-mail address',
  fieldBounds: 'A number from {{min}} to {{max}}',
  fieldSaid: '{{field}}: {{said}}',
  nowHere: 'Now here: {{what}}. Saving once more replaces it.',
  nothingHere: 'nothing',
  correlation: 'Number for support: {{id}}',
  loading: 'Loading',
  save: 'Save',
  undo: 'Undo',
  undoMore: '{{count}} more',
  draftRestored: 'This is what you typed earlier.',
  draftThrowAway: 'Start over',
  close: 'Close',
  about: 'Schedule, lessons and progress for tutors and small schools',
  skip: 'Skip to the content',
  more: 'More',
  search: 'Search',
  searchHint: 'Student, subject or topic',
  nothingFound: 'Nothing found: {{wanted}}',
  searchMore: 'Show more: {{count}}',
  keys: 'Keys',
  personMenu: '{{name}}: menu',
  zoneNow: 'Time zone: {{zone}}',
  offline: 'No connection. You see what was kept; changes have to wait.',
  newer: 'A new version is ready.',
  update: 'Update',
  notNow: 'Later',
  broken: 'Something broke here',
  brokenAbout: 'What you typed is kept. Reloading the page usually helps.',
  reload: 'Reload the page',
  noPage: 'There is no such page',
  noPageAbout: 'The link may be out of date, or the address has a typo.',
  toStart: 'To the start',
}

export const failures: Translated<typeof ru.failures> = {
  bad_request: 'The request could not be read. Check that the body is valid JSON.',
  invalid_input: 'Check the fields: something is not filled in as it should be.',
  not_signed_in: 'Sign in first.',
  forbidden: 'You are not allowed to do this.',
  not_found: 'Not found.',
  method_not_allowed: 'This address does not take that method.',
  conflict: 'Somebody changed this while it was open, so nothing was saved. Look at what is here now first.',
  body_stalled: 'The request did not arrive in time. Check the connection and send it again.',
  too_large: 'Too much data for one request.',
  wrong_media_type: 'JSON is needed: Content-Type must be application/json.',
  idempotency_key_reused: 'This Idempotency-Key was already used with other content. Take a new key.',
  too_many_requests: 'Too fast. Wait and try again.',
  internal: 'Something broke on our side. It has been recorded; try again later.',
  upstream_failed: 'A part of the system gave an answer that makes no sense. Try again later.',
  unavailable: 'A part of the system is not available now. Nothing is lost; try again in a minute.',
  upstream_timeout: 'A part of the system did not answer in time. Try again in a minute.',
}

/** What is wrong with a field, where its schema does not say it. */
export const fields: Translated<typeof ru.fields> = {
  notStorable: 'This holds characters that cannot be stored: a zero byte or half of an emoji. Take them out.',
}
