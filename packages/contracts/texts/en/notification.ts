import type * as ru from '../ru/notification.ts'

/** The Russian texts' shape with the plural forms of English: one and other. */
type English<T> = {
  [K in keyof T as K extends `${string}_few` ? never : K extends `${infer Stem}_many` ? `${Stem}_other` : K]: T[K] extends string
    ? string
    : English<T[K]>
}

export const notices: English<typeof ru.notices> = {
  lesson_planned: {
    student: { title: 'You have a new lesson: {{subject}}', body: 'Starts {{startsAt}}. Lasts {{minutes}} min.' },
    parent: { title: '{{student}}: new lesson', body: '{{subject}}. Starts {{startsAt}}. Lasts {{minutes}} min.' },
  },
  series_planned: {
    student: { title: 'You have regular lessons: {{subject}}', body: 'First lesson: {{startsAt}}. See the schedule for the others.' },
    parent: { title: '{{student}}: regular lessons', body: '{{subject}}. First lesson: {{startsAt}}. See the schedule for the others.' },
  },
  lesson_moved: {
    student: { title: 'Lesson moved: {{subject}}', body: 'Was {{movedFrom}}. Now {{startsAt}}.' },
    parent: { title: '{{student}}: lesson moved', body: '{{subject}}. Was {{movedFrom}}. Now {{startsAt}}.' },
    tutor: { title: 'Your lesson was moved: {{subject}}', body: 'Was {{movedFrom}}. Now {{startsAt}}.' },
  },
  lesson_length: {
    student: { title: 'Lesson length changed: {{subject}}', body: 'Starts {{startsAt}}. Now lasts {{minutes}} min.' },
    parent: { title: '{{student}}: lesson length changed', body: '{{subject}}. Starts {{startsAt}}. Now lasts {{minutes}} min.' },
  },
  lesson_cancelled: {
    student: { title: 'Lesson cancelled: {{subject}}', body: 'It was planned for {{startsAt}}.' },
    parent: { title: '{{student}}: lesson cancelled', body: '{{subject}}. It was planned for {{startsAt}}.' },
    tutor: { title: 'Your lesson was cancelled: {{subject}}', body: 'It was planned for {{startsAt}}.' },
  },
  lesson_report: {
    student: { title: 'Report on your lesson: {{subject}}', body: 'When: {{startsAt}}' },
    parent: { title: '{{student}}: lesson report', body: '{{subject}}. When: {{startsAt}}' },
  },
  lesson_corrected: {
    student: { title: 'Corrected report on your lesson: {{subject}}', body: 'When: {{startsAt}}' },
    parent: { title: '{{student}}: corrected lesson report', body: '{{subject}}. When: {{startsAt}}' },
  },
  lesson_reminder_24h: {
    student: { title: 'Remember your lesson: {{subject}}', body: 'Starts {{startsAt}}' },
    parent: { title: '{{student}}: lesson coming up', body: '{{subject}}. Starts {{startsAt}}' },
  },
  lesson_reminder_1h: {
    student: { title: 'Your lesson is about to start: {{subject}}', body: 'Starts {{startsAt}}' },
  },
  level_up: {
    student: { title: 'You reached level {{to}}', body: 'Keep it up!' },
    parent: { title: '{{student}}: new level', body: 'It is level {{to}} now. Celebrate together!' },
  },
  achievement_earned: {
    student: { title: 'You earned an achievement: “{{achievement}}”', body: '{{rarity}} achievement. Reward: {{rewardXp}} XP.' },
    parent: { title: '{{student}}: new achievement “{{achievement}}”', body: '{{rarity}} achievement. Celebrate together!' },
  },
  streak_reached: {
    student: {
      title_one: '{{count}} day of lessons in a row',
      title_other: '{{count}} days of lessons in a row',
      body: 'What a rhythm!',
    },
  },
  streak_at_risk: {
    student: {
      title_one: 'Your streak is {{count}} day long',
      title_other: 'Your streak is {{count}} days long',
      body: 'Today can still join it: one lesson is enough. And if today is for rest, that is fine too.',
    },
  },
  streak_frozen: {
    student: {
      title: 'A freeze kept your streak',
      body_one: 'The day without lessons ({{day}}) does not count: your streak stays at {{count}} day.',
      body_other: 'The day without lessons ({{day}}) does not count: your streak stays at {{count}} days.',
    },
  },
  lesson_reminder_eve: {
    student: { title: 'Ahead of an early lesson: {{subject}}', body: 'Starts {{startsAt}}' },
  },
  agenda: {
    tutor: { title_one: 'You have {{count}} lesson today', title_other: 'You have {{count}} lessons today', body: 'Have a good day!' },
  },
  evening_report: {
    tutor: {
      title_one: '{{count}} lesson held today',
      title_other: '{{count}} lessons held today',
      body: 'Lessons not reported: {{unreported}}.',
    },
  },
  signed_in: {
    student: {
      title: 'A new device signed in',
      body: 'From: {{address}}. Program: {{agent}}. If it was not you, change your password and sign out everywhere.',
    },
    parent: {
      title: 'A new device signed in',
      body: 'From: {{address}}. Program: {{agent}}. If it was not you, change your password and sign out everywhere.',
    },
    tutor: {
      title: 'A new device signed in',
      body: 'From: {{address}}. Program: {{agent}}. If it was not you, change your password and sign out everywhere.',
    },
  },
  telegram_linked: {
    student: { title: 'Telegram is linked', body: 'Notices will come there too. If it was not you, unlink it in your profile.' },
    parent: { title: 'Telegram is linked', body: 'Notices will come there too. If it was not you, unlink it in your profile.' },
    tutor: { title: 'Telegram is linked', body: 'Notices will come there too. If it was not you, unlink it in your profile.' },
  },
  channel_blocked: {
    tutor: {
      title: '{{person}}: messages do not arrive',
      body: 'The recipient has closed the channel {{channel}}. Another is used if there is one; better call about what matters.',
    },
  },
  channel_test: {
    student: { title: 'A test message', body: 'You are reading this, so the channel works.' },
    parent: { title: 'A test message', body: 'You are reading this, so the channel works.' },
    tutor: { title: 'A test message', body: 'You are reading this, so the channel works.' },
  },
  broadcast: {
    student: { title: 'A message from {{from}}', body: '{{text}}' },
    parent: { title: 'A message from {{from}}', body: '{{text}}' },
    tutor: { title: 'A message from {{from}}', body: '{{text}}' },
  },
}

export const gathered: English<typeof ru.gathered> = {
  lesson_moved: {
    student: {
      title_one: '{{count}} lesson moved: {{subject}}',
      title_other: '{{count}} lessons moved: {{subject}}',
      body: 'The first of them is now {{startsAt}}. See the schedule for the others.',
    },
    parent: {
      title_one: '{{student}}: {{count}} lesson moved',
      title_other: '{{student}}: {{count}} lessons moved',
      body: '{{subject}}. The first of them is now {{startsAt}}. See the schedule for the others.',
    },
    tutor: {
      title_one: '{{count}} lesson of yours moved: {{subject}}',
      title_other: '{{count}} lessons of yours moved: {{subject}}',
      body: 'The first of them is now {{startsAt}}. See the schedule for the others.',
    },
  },
  lesson_cancelled: {
    student: {
      title_one: '{{count}} lesson cancelled: {{subject}}',
      title_other: '{{count}} lessons cancelled: {{subject}}',
      body: 'The first of them was planned for {{startsAt}}.',
    },
    parent: {
      title_one: '{{student}}: {{count}} lesson cancelled',
      title_other: '{{student}}: {{count}} lessons cancelled',
      body: '{{subject}}. The first of them was planned for {{startsAt}}.',
    },
    tutor: {
      title_one: '{{count}} lesson of yours cancelled: {{subject}}',
      title_other: '{{count}} lessons of yours cancelled: {{subject}}',
      body: 'The first of them was planned for {{startsAt}}.',
    },
  },
}

export const lines: English<typeof ru.lines> = {
  attended: 'Attended: yes',
  excused: 'Attended: no, excused',
  unexcused: 'Attended: no, not excused',
  grade_five: 'Grade: {{grade}} of 5',
  grade_hundred: 'Grade: {{grade}} of 100',
  grade_percent: 'Result: {{grade}}%',
  grade_passed: 'Passed',
  grade_failed: 'Not passed',
  topic: 'Topic: {{topic}}',
  note: 'From the tutor: {{note}}',
  xp: 'Experience: +{{xp}} XP',
  reason: 'Reason: {{reason}}',
  charge: 'Cancelled late: {{chargePercent}}% of the price is due',
  make_up: 'The lesson can be made up',
  video: 'Link to the lesson: {{videoUrl}}',
  agenda_lesson: '{{at}} {{subject}}: {{students}}',
  unreported_lesson: 'Not reported: {{at}} {{subject}}, {{students}}',
  freezes_one: '{{count}} freeze left',
  freezes_other: '{{count}} freezes left',
}

export const unknown: English<typeof ru.unknown> = { student: 'Your child' }

export const outward: English<typeof ru.outward> = {
  open: 'Open in RepitBot',
  whole: 'Read all of it on the page',
  digest: 'New progress',
  mailFooter: 'Sent by RepitBot. Channels and quiet hours are set in your profile.',
}
