import type * as ru from '../ru/lesson.ts'
import type { Translated } from '../translated.ts'

export const notices: Translated<typeof ru.notices> = {
  lesson_planned: {
    student: { title: 'You have a new lesson: {{subject}}', body: 'Starts {{startsAt}}. Lasts {{minutes}} min.' },
    parent: { title: '{{student}}: new lesson', body: '{{subject}}. Starts {{startsAt}}. Lasts {{minutes}} min.' },
  },
  series_planned: {
    student: { title: 'You have regular lessons: {{subject}}', body: 'First lesson: {{startsAt}}. See the schedule for the others.' },
    parent: { title: '{{student}}: regular lessons', body: '{{subject}}. First lesson: {{startsAt}}. See the schedule for the others.' },
  },
  lesson_changed: {
    student: { title: 'Lesson changed: {{subject}}', body: 'Starts {{startsAt}}.' },
    parent: { title: '{{student}}: lesson changed', body: '{{subject}}. Starts {{startsAt}}.' },
  },
  price_changed: {
    parent: { title: '{{student}}: another price of the lesson', body: '{{subject}}, {{startsAt}}. The price is now {{price}}.' },
  },
  lesson_moved: {
    student: { title: 'Lesson moved: {{subject}}', body: 'Was {{movedFrom}}. Now {{startsAt}}.' },
    parent: { title: '{{student}}: lesson moved', body: '{{subject}}. Was {{movedFrom}}. Now {{startsAt}}.' },
    tutor: { title: '{{student}}: lesson moved', body: '{{subject}}. Was {{movedFrom}}. Now {{startsAt}}.' },
  },
  lesson_length: {
    student: { title: 'Lesson length changed: {{subject}}', body: 'Starts {{startsAt}}. Now lasts {{minutes}} min.' },
    parent: { title: '{{student}}: lesson length changed', body: '{{subject}}. Starts {{startsAt}}. Now lasts {{minutes}} min.' },
  },
  charge_waived: {
    parent: {
      title: '{{student}}: nothing is due for the cancellation',
      body: '{{subject}}, {{startsAt}}. The charge for cancelling late is waived.',
    },
  },
  lesson_cancelled: {
    student: { title: 'Lesson cancelled: {{subject}}', body: 'It was planned for {{startsAt}}.' },
    parent: { title: '{{student}}: lesson cancelled', body: '{{subject}}. It was planned for {{startsAt}}.' },
    tutor: { title: '{{student}}: lesson cancelled', body: '{{subject}}. It was planned for {{startsAt}}.' },
  },
}

export const gathered: Translated<typeof ru.gathered> = {
  lesson_changed: {
    student: {
      title_one: '{{count}} lesson changed: {{subject}}',
      title_other: '{{count}} lessons changed: {{subject}}',
      body: 'The first of them: {{startsAt}}.',
    },
    parent: {
      title_one: '{{student}}: {{count}} lesson changed',
      title_other: '{{student}}: {{count}} lessons changed',
      body: '{{subject}}. The first of them: {{startsAt}}.',
    },
  },
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
      title_one: '{{student}}: {{count}} lesson moved',
      title_other: '{{student}}: {{count}} lessons moved',
      body: '{{subject}}. The first of them is now {{startsAt}}. See the schedule for the others.',
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
      title_one: '{{student}}: {{count}} lesson cancelled',
      title_other: '{{student}}: {{count}} lessons cancelled',
      body: '{{subject}}. The first of them was planned for {{startsAt}}.',
    },
  },
}

export const lines: Translated<typeof ru.lines> = {
  subject_before: 'The subject was another before: {{subjectBefore}}',
  length: 'The lesson now lasts {{length}} min.',
  reason: 'Reason: {{reason}}',
  charge: 'Cancelled late: {{charge}} is due ({{chargePercent}}% of the price)',
  free: 'Cancelled free of charge',
  make_up: 'A lesson at another time is promised instead',
}

export const bot: Translated<typeof ru.bot> = {
  lesson: {
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
    tooLateToUndo: 'More than 5 minutes have passed: this button no longer works.',
    undone: 'Undone: all is as before',
    cancel: '🚫 Cancel the lesson',
    cancelAsk: '<b>Cancel the lesson?</b>\n{{names}}, {{subject}}\n{{when}}\n\nFree for the family. The family will be told.',
    cancelAskFamily: '<b>Cancel the lesson?</b>\n{{names}}, {{subject}}\n{{when}}',
    cancelCosts: 'It starts in less than {{hours}} h, so cancelling costs {{percent}} % of the price: <b>{{cost}}</b>.',
    cancelFreeUntil: 'Cancelling is free now, and until {{until}}. Later it costs {{percent}} % of the price.',
    cancelFree: 'Cancelling is free.',
    cancelYesFor: '🚫 Cancel and pay {{cost}} ({{percent}} %)',
    groupNotCancelled: 'This is a group lesson: it takes place without one student too. If somebody cannot come, tell the tutor.',
    cancelYes: '🚫 Yes, cancel: {{name}}',
    cancelled: 'The lesson is cancelled',
  },
}

export const web: Translated<typeof ru.web> = {
  status_scheduled: 'Planned',
  status_rescheduled: 'Moved',
  status_awaiting_confirmation: 'Awaits a report',
  status_completed: 'Held',
  status_cancelled_free: 'Cancelled',
  status_cancelled_chargeable: 'Cancelled, charged',
  minutesShort_one: '{{count}} minute',
  minutesShort_other: '{{count}} minutes',
  cancelLesson: 'Cancel the lesson',
  cancelFor: 'Cancel and pay {{cost}} ({{percent}} %)',
  cancelLate: 'It starts in less than {{hours}} h, so cancelling costs {{percent}} % of the price: {{cost}}. The tutor may waive it.',
  cancelFreeUntil: 'Cancelling is free now, and until {{until}}. Later it costs {{percent}} % of the price.',
  cancelFree: 'Cancelling is free.',
  groupNotCancelled: 'This is a group lesson: it takes place without one student too. If somebody cannot come, tell the tutor.',
  cancelReason: 'Reason, if you like',
  lessonCancelled: 'The lesson is cancelled, the tutor will be told',
  cancelledCharged: 'Cancelled late: {{percent}} % of the price is due.',
  cancelledFree: 'Cancelled free of charge.',
  seats_one: '{{count}} student',
  seats_other: '{{count}} students',
  online: 'Online: the link opens {{minutes}} minutes before the start',
  join: 'Join the call',
  inSeries: 'Repeats',
  groupOf_one: 'Group of {{count}}',
  groupOf_other: 'Group of {{count}}',
  lesson: 'Lesson',
  movedFrom: 'Moved from {{when}}',
  move: 'Move',
  moveTitle: 'Move',
  moveDo: 'Move the lesson',
  moved: 'The lesson is moved',
  moveTold: '{{name}}: the new time is {{when}}, {{count}} min.',
  seriesMoved: 'The lessons of the series are moved',
  change: 'Change',
  changeTitle: 'Change',
  changed: 'Lesson changed: {{name}}',
  seriesChanged: 'Lessons of the series changed: {{name}}',
  callOff: 'Cancel',
  callOffTitle: 'Cancel',
  callOffTold: '{{name}}, {{when}}. The school cancels: it is free for the family, who will hear of it and of the reason.',
  callOffDo: 'Cancel the lesson',
  callOffMany: 'Cancel the lessons',
  calledOff: 'The lesson is cancelled: {{name}}',
  seriesCalledOff: 'The lessons of the series are cancelled: {{name}}',
  reason: 'Reason',
  reasonHint: 'Optional; the family will read it',
  makeUp: 'Promise a lesson at another time',
  cancelledAt: 'Cancelled {{when}}.',
  chargedPercent: '{{percent}} % of the price is charged.',
  makeUpGiven: 'A lesson at another time was promised.',
  waive: 'Waive the charge of {{percent}} %',
  waived: 'The charge is waived: {{name}}',
  whichLessons: 'Which lessons?',
  scope_this: 'Only this one',
  scope_following: 'This and all following',
  scope_all: 'All that are ahead',
}

export const failures: Translated<typeof ru.failures> = {
  already_started: 'The lesson has already started.',
  already_cancelled: 'The lesson is already cancelled.',
  group_lesson: 'This is a group lesson: it takes place without one student too. Tell the tutor about the absence.',
  charge_changed: 'Cancelling costs more than was shown. Nothing is cancelled: check the sum.',
  charge_needs_parent:
    'It is too late to cancel for free. A cancellation that costs is confirmed by a parent or whoever pays for the lessons.',
  not_cancelled: 'The lesson is not cancelled.',
  not_yours_to_restore: 'A cancelled lesson is brought back by whoever cancelled it, or by the tutor.',
  too_late_to_restore: 'This lesson can no longer be brought back. The tutor can plan a new one.',
  too_late_to_undo: 'This change can no longer be undone: a day has passed, or what stood before was not kept.',
  nothing_to_waive: 'Nothing is charged for this cancellation.',
  too_late_to_waive: 'A charge can be waived within 7 days of the cancellation.',
}
