import type * as ru from '../ru/bot.ts'

/** English has two forms where Russian has three. */
type Plural = 'few' | 'many'
type English<T> = {
  [K in keyof T as K extends `${string}_${Plural}` ? never : K]: T[K] extends string ? string : T[K]
} & { [K in keyof T as K extends `${infer S}_many` ? `${S}_other` : never]: string }

export const commands: typeof ru.commands = {
  today: { about: "Today's lessons", button: '📅 Today' },
  week: { about: 'Lessons of the week', button: '🗓 Week' },
  schedule: { about: 'Lessons of the next two weeks', button: '🗓 Schedule' },
  done: { about: 'Report a lesson as held', button: '✅ Done' },
  add_lesson: { about: 'Plan a lesson', button: '➕ Lesson' },
  students: { about: 'Students', button: '👥 Students' },
  invite: { about: 'Invite a student or a parent', button: '✉️ Invite' },
  children: { about: 'How the children are doing', button: '👧 Children' },
  progress: { about: 'Level, XP and achievements', button: '🏆 Progress' },
  settings: { about: 'Language, zone, channels, quiet hours', button: '⚙️ Settings' },
  language: { about: 'Language', button: '🌐 Language' },
  privacy: { about: 'What the bot knows and keeps', button: '🔒 Privacy' },
  help: { about: 'What can be done here', button: '❓ Help' },
  menu: { about: 'Main menu', button: '🏠 Menu' },
  cancel: { about: 'Leave what was begun', button: '✖️ Cancel' },
  start: { about: 'Begin', button: '▶️ Begin' },
}

export const back = '⬅️ Back'
export const cancel = '✖️ Cancel'
export const close = '✖️ Close'
export const toMenu = '🏠 Menu'
export const stale = 'Already done'
export const cancelled = 'Cancelled. Nothing has changed.'
export const nothingToCancel = 'Nothing was begun. Here is the menu:'
export const more = '… The rest is on the page: {{url}}'
export const group = 'I show neither lessons nor grades in groups. Write to me in a private chat.'
export const unknown = 'I did not understand. Choose what you need:'
export const notYours = 'This command is for another role. All you can do is in the menu.'
export const stranger =
  'We have not met yet. Ask your school or tutor for an invitation link and open it, or send its code here.\n\nIf you already sign in on the page, link Telegram there, in your profile: {{url}}'

export const form: typeof ru.form = {
  choose: 'Choose by a button under the card.',
  left: 'This was begun before and is not finished. Go on?',
  resume: '▶️ Go on',
  anew: '🆕 Start anew',
}

export const menu: typeof ru.menu = {
  tutor: '<b>{{school}}</b>\nHello, {{name}}! What shall we do?',
  student: '<b>{{school}}</b>\nHi, {{name}}! What shall we look at?',
  as: '🔁 {{school}}: {{role}}',
}
export const roles: typeof ru.roles = { admin: 'admin', tutor: 'tutor', parent: 'parent', student: 'student' }

export const start: typeof ru.start = {
  invited: '{{invitedBy}} invites you to the school “{{school}}”. Done, {{name}}: everything is here now.',
  consent: 'Send notices about lessons here? You can change it in the settings.',
  yes: '✅ Yes, send them',
  no: 'No, thanks',
  consented: 'Good, notices will come here.',
  declined: 'Good, no notices will come here.',
  login:
    '<b>Sign-in to the page</b>\nSomebody asks to be let in to the page as “{{name}}”.\n\nBrowser: {{agent}}\nAddress: {{address}}\n\nIf it is not you, press No.',
  link: '<b>Linking Telegram</b>\nLink this Telegram to the account “{{name}}”?\n\nBrowser: {{agent}}\nAddress: {{address}}',
  itsMe: '✅ Yes, it is me',
  notMe: '❌ No',
  loggedIn: 'Sign-in confirmed. Go back to the page.',
  linked: 'Telegram is linked. The bot is yours to use.',
  refused: 'Declined. Nobody will get in.',
}

export const help: typeof ru.help = {
  known: 'This is what can be done here:',
  row: '/{{command}} - {{about}}',
  more: 'All of it is in the menu, too, and on the page: {{url}}',
}

export const privacy =
  '<b>What the bot keeps</b>\nThe number of your Telegram account: the bot knows you by it.\nMessages to the bot: 24 hours, so that nothing is lost or done twice; then they are deleted. A message that broke the bot stays for up to 30 days, so that this can be mended.\nWhat was begun and not finished: 24 hours.\n\n<b>What the bot does not do</b>\nIt does not read groups, except what is said to it. It shows no grades or lessons in groups. It gives your number to nobody.\n\nLessons, reports and progress are kept by the school: only you, your family, the tutor and the admin of the school see them. Telegram can be unlinked in the settings.'

export const lesson: English<typeof ru.lesson> = {
  row: '{{mark}} {{time}} {{names}}, {{subject}}',
  title: '<b>{{subject}}</b>',
  when: '🕒 {{when}}, {{length}}',
  names: '👤 {{names}}',
  tutor: '👩‍🏫 {{name}}',
  status_scheduled: 'Planned',
  status_rescheduled: 'Moved',
  status_awaiting_confirmation: 'Waits for the report',
  status_completed: 'Held',
  status_cancelled_free: 'Cancelled',
  status_cancelled_chargeable: 'Cancelled, charged',
  status: '{{mark}} {{status}}',
  topic: '📖 {{topic}}',
  note: '💬 {{note}}',
  seat: '{{name}}: {{attendance}}',
  seatGraded: '{{name}}: {{attendance}}, grade {{grade}}',
  minutes_one: '{{count}} minute',
  minutes_other: '{{count}} minutes',
  attended: 'attended',
  excused: 'absent with a reason',
  unexcused: 'absent without a reason',
  video: '🎥 Join',
  complete: '✅ Done',
  correct: '✏️ Correct the report',
  undo: '↩️ Undo (5 minutes)',
  tooLateToUndo: 'More than 5 minutes have passed. The report can be corrected.',
  undone: 'Undone: the lesson waits for its report again',
  cancel: '🚫 Cancel the lesson',
  cancelAsk: '<b>Cancel the lesson?</b>\n{{names}}, {{subject}}\n{{when}}\n\nFree for the family. The family will be told.',
  cancelAskFamily: '<b>Cancel the lesson?</b>\n{{names}}, {{subject}}\n{{when}}\n\nA late cancellation may be charged: the school decides.',
  cancelYes: '🚫 Yes, cancel: {{name}}',
  cancelled: 'The lesson is cancelled',
}

export const day: typeof ru.day = {
  title: '<b>{{day}}</b>',
  today: '<b>Today, {{day}}</b>',
  empty: 'No lessons.',
  emptyTutor: 'No lessons. Plan the first one: /add_lesson',
  previous: '‹ {{day}}',
  next: '{{day}} ›',
}
export const week: English<typeof ru.week> = {
  title: '<b>Week of {{day}}</b>',
  row: '{{day}}: {{lessons}}',
  lessons_one: '{{count}} lesson',
  lessons_other: '{{count}} lessons',
  none: 'free',
}
export const done: typeof ru.done = {
  title: '<b>Waiting for a report</b>\nChoose a lesson:',
  empty: 'All is reported: nothing waits. 🎉',
}

export const report: typeof ru.report = {
  title: '<b>Report of the lesson</b>\n{{subject}}, {{when}}',
  allAttended: '✅ All attended, done',
  save: '✅ Done',
  seat: '{{mark}} {{name}}',
  grade: '🎓 {{name}}: {{grade}}',
  noGrade: 'no grade',
  topic: '📖 Topic',
  note: '💬 Note to the family',
  askTopic: 'Write the topic or choose one of the last:',
  askNote: 'Write a note to the family: what went well, what to repeat.',
  askGrade: 'Grade, {{name}}:',
  ungraded: 'No grade',
  topic_form: 'A topic has at most 200 characters. Write a shorter one.',
  note_form: 'A note has at most 2000 characters. Write a shorter one.',
  completed: 'Done, the lesson is reported as held',
  corrected: 'The report is corrected',
}

export const add: typeof ru.add = {
  title: '<b>New lesson</b> {{step}}/{{of}}',
  who: 'With whom?',
  noStudents: 'No students yet. Add the first one on the page: {{url}}',
  subject: 'Which subject? Choose or write it.',
  day: 'Which day? Choose or write it, such as 2026-12-01.',
  time: 'When does it begin? Choose the hour or write the time, such as 17:15.',
  quarter: 'When exactly?',
  minutes: 'How many minutes? Choose or write, 5 to 480.',
  repeat: 'Repeat it?',
  price: 'What does one lesson cost, ₽? Write or choose.',
  free: 'Free',
  today: 'today',
  tomorrow: 'tomorrow',
  grid: '📆 Calendar',
  once: 'Once',
  weekly: 'Every week',
  fortnightly: 'Every two weeks',
  confirm: 'All right?',
  plan: '✅ Plan it',
  changeSubject: '✏️ Subject',
  changePrice: '✏️ Price',
  changeDay: '✏️ Day',
  changeTime: '✏️ Time',
  summary: '👤 {{name}}\n📘 {{subject}}\n🕒 {{when}}, {{length}}\n🔁 {{repeat}}\n💰 {{price}}',
  planned: 'Planned',
  undo: '↩️ Undo (5 minutes)',
  undone: 'Undone: there will be no lesson',
  tooLate: 'More than 5 minutes have passed. The lesson can be cancelled on its card.',
  day_past: 'This day has passed. Choose today or later.',
  day_far: 'That is too far: at most a year ahead.',
  day_form: 'This is no day. Write it like 2026-12-01.',
  time_form: 'This is no time. Write it like 17:15.',
  minutes_form: 'A whole number of minutes is needed, 5 to 480.',
  subject_form: 'The name of a subject is needed, up to 100 characters.',
  price_form: 'An amount from 0 to 100,000 ₽ is needed, such as 1500.',
}

export const students: typeof ru.students = {
  title: '<b>Students</b>',
  empty: 'No students yet. Add the first one on the page: {{url}}',
  next: 'Next lesson: {{when}}',
  noNext: 'No lessons ahead.',
  signsIn: 'Has joined',
  notIn: 'Has not joined yet: send an invitation',
  level: 'Level {{level}}, {{xp}} XP',
}

export const invite: typeof ru.invite = {
  who: '<b>Invitation</b>\nWhich student?',
  whom: '<b>Invitation</b>\nWho is it for?',
  student: '🎒 {{name}}',
  parent: '👪 Parent: {{name}}',
  made: '<b>The invitation is ready</b>\nForward the link or read out the code. Good for 7 days, once.\n\nTelegram: {{telegramLink}}\nPage: {{link}}\nCode: <code>{{code}}</code>',
  send: '📤 Forward',
  message: 'Invitation to the school “{{school}}”',
}

export const schedule: typeof ru.schedule = {
  title: '<b>Schedule</b>',
  of: '<b>Schedule: {{name}}</b>',
  empty: 'No lessons in the next two weeks.',
  all: 'All children',
  chosen: '• {{name}}',
}

export const progress: English<typeof ru.progress> = {
  title: '<b>{{name}}</b>',
  level: 'Level {{level}}',
  bar: '{{bar}} {{xp}} / {{next}}',
  top: 'This is the top level, and XP still grows: {{xp}} XP',
  streak_one: '🔥 {{count}} day in a row, the best: {{best}}',
  streak_other: '🔥 {{count}} days in a row, the best: {{best}}',
  weeks_one: '📈 {{count}} week without a miss',
  weeks_other: '📈 {{count}} weeks without a miss',
  earned: '🏅 Achievements: {{count}}',
  near: 'Nearest:',
  goal: '{{bar}} {{title}}: {{how}}',
  off: 'The game is off. Lessons and reports are in the schedule.',
  offParent: 'The game is off. Lessons and reports are in the schedule.',
}

export const children: typeof ru.children = {
  title: '<b>{{name}}</b>',
  empty: 'Your children will be here once the school links them with you.',
  next: 'Next lesson: {{when}}, {{subject}}',
  noNext: 'No lessons in the next two weeks.',
  last: 'Last lessons:',
  progress: '🏆 Progress',
  schedule: '🗓 Schedule',
}

export const settings: typeof ru.settings = {
  title: '<b>Settings</b>',
  language: '🌐 Language: English',
  zone: '🕒 Zone: {{zone}}',
  askZone: 'Choose your time zone or write it, such as Europe/Moscow.',
  channels: 'Notices, beside the inbox on the page:',
  telegramOn: '🔔 Telegram: yes',
  telegramOff: '🔕 Telegram: no',
  emailOn: '📧 E-mail: yes',
  emailOff: '📧 E-mail: no',
  quiet: '🌙 Quiet hours: {{from}}-{{until}}',
  quietOff: '🌙 Quiet hours: none',
  askQuiet: 'Only what is urgent comes in quiet hours. Choose or write them, such as 22:00-08:00.',
  without: 'No quiet hours',
  unlink: '🔓 Unlink Telegram',
  askUnlink: 'Unlink this Telegram from the account “{{name}}”? The bot will no longer know you.',
  unlinkYes: '🔓 Yes, unlink',
  unlinked: 'Telegram is unlinked. To come back, open an invitation or link it again in your profile on the page.',
  saved: 'Saved',
  quiet_form: 'Write it like 22:00-08:00.',
}

export const language: typeof ru.language = { title: 'Language', ru: 'Russian', en: 'English', saved: 'We speak English now.' }

export const emulator: typeof ru.emulator = {
  title: 'Telegram for show',
  chats: 'Chats',
  explained: 'Here you can write to the bot as each of these people. No real Telegram is needed, and nothing leaves this machine.',
  chatOf: 'Chat: {{name}}',
  message: 'Message',
  send: 'Send',
  start: 'Start',
  block: 'Block the bot',
  unblock: 'Unblock the bot',
  refresh: 'Refresh',
  whoOpens: 'Who opens this link?',
}
