import type * as ru from '../ru/schedule.ts'
import type { Translated } from '../translated.ts'

export const notices: Translated<typeof ru.notices> = {
  lesson_reminder_24h: {
    student: { title: 'Remember your lesson: {{subject}}', body: 'Starts {{startsAt}}' },
    parent: { title: '{{student}}: lesson coming up', body: '{{subject}}. Starts {{startsAt}}' },
  },
  lesson_reminder_1h: {
    student: { title: 'Your lesson is in an hour: {{subject}}', body: 'Starts {{startsAt}}' },
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
}

export const lines: Translated<typeof ru.lines> = {
  video: 'Link to the lesson: {{videoUrl}}',
  agenda_lesson: '{{at}} {{subject}}: {{students}}',
  unreported_lesson: 'Not reported: {{at}} {{subject}}, {{students}}',
}

export const commands: Translated<typeof ru.commands> = {
  today: { about: "Today's lessons", button: '📅 Today' },
  week: { about: 'Lessons of the week', button: '🗓 Week' },
  schedule: { about: 'Lessons of the next two weeks', button: '🗓 Schedule' },
}

export const bot: Translated<typeof ru.bot> = {
  day: {
    title: '<b>{{day}}</b>',
    today: '<b>Today, {{day}}</b>',
    empty: 'No lessons.',
    emptyTutor: 'No lessons. Plan the first one: /add_lesson',
    previous: '‹ {{day}}',
    next: '{{day}} ›',
  },
  week: {
    title: '<b>Week of {{day}}</b>',
    row: '{{day}}: {{lessons}}',
    lessons_one: '{{count}} lesson',
    lessons_other: '{{count}} lessons',
    none: 'free',
    coming: 'of series: {{count}}',
  },
  schedule: {
    title: '<b>Schedule</b>',
    of: '<b>Schedule: {{name}}</b>',
    empty: 'No lessons in the next two weeks.',
    all: 'All children',
    chosen: '• {{name}}',
  },
}

export const web: Translated<typeof ru.web> = {
  today: 'Today',
  noLessons: 'No lessons today. The lessons of the day appear here: plan the first one.',
  schoolToday: 'Today',
  schedule: 'Schedule',
  next: 'Next',
  freeToday: 'No lessons today.',
  freeToday_pupil: 'No lessons today: take a rest or look through what you have learnt.',
  nextLessonTitle: 'Next lesson',
  noNextLesson: 'No lessons in the next two weeks. They appear here as soon as they are planned.',
  week: 'Week',
  view: 'View',
  counters: 'At a glance',
  toConfirm: 'to report',
  lessonsToday_one: 'lesson today',
  lessonsToday_other: 'lessons today',
  thisWeek: 'this week, {{hours}} h',
  awaiting: 'Awaiting a report',
  longUnreported: 'From longer ago, {{total}}',
  ahead: 'Ahead',
  past: 'Past',
  noPastLessons: 'No lessons in the last 30 days.',
  freeDay: 'free',
  inTime: 'in {{time}}',
  hoursShort_one: '{{count}} hour',
  hoursShort_other: '{{count}} hours',
  minShort_one: '{{count}} minute',
  minShort_other: '{{count}} minutes',
  lessonsCount_one: '{{count}} lesson',
  lessonsCount_other: '{{count}} lessons',
  earlier: 'Earlier',
  later: 'Later',
  allTutors: 'All tutors',
  zoneDiffers: 'Your time zone: {{zone}}. The school’s: {{home}}.',
  freeSlot: 'Free',
  slotAt: 'Plan: {{when}}',
  heldAt_one: '{{when}}, {{count}} minute',
  heldAt_other: '{{when}}, {{count}} minutes',
  grabbed: 'The lesson is taken. Arrows move it, Shift with arrows changes its length, Enter puts it down, Escape lets go.',
  letGo: 'The lesson stays where it was',
  cannotMove: 'This lesson can no longer be moved',
  weekKeys:
    'Keys: arrows walk the grid and the lessons, Enter opens or plans, Space takes a lesson; a taken one moves with the arrows, stretches with Shift and up or down, Enter puts it down, Escape lets go.',
}
