import type * as ru from '../ru/undo.ts'
import type { Translated } from '../translated.ts'

export const notices: Translated<typeof ru.notices> = {
  lesson_as_before: {
    student: { title: 'Your lesson is at its former time again: {{subject}}', body: 'It starts: {{startsAt}}.' },
    parent: { title: '{{student}}: the lesson is at its former time again', body: '{{subject}}. It starts: {{startsAt}}.' },
    tutor: { title: '{{student}}: the lesson is at its former time again', body: '{{subject}}. It starts: {{startsAt}}.' },
  },
  lesson_restored: {
    student: { title: 'The lesson takes place after all: {{subject}}', body: 'Its cancellation was undone. It starts: {{startsAt}}.' },
    parent: {
      title: '{{student}}: the lesson takes place after all',
      body: '{{subject}}. Its cancellation was undone, and nothing is due for it. It starts: {{startsAt}}.',
    },
    tutor: {
      title: '{{student}}: the lesson takes place after all',
      body: '{{subject}}. Its cancellation was undone. It starts: {{startsAt}}.',
    },
  },
}

export const gathered: Translated<typeof ru.gathered> = {
  lesson_as_before: {
    student: {
      title_one: '{{count}} lesson is at its former time again: {{subject}}',
      title_other: '{{count}} lessons are at their former times again: {{subject}}',
      body: 'The first of them: {{startsAt}}. See the others in the schedule.',
    },
    parent: {
      title_one: '{{student}}: {{count}} lesson is at its former time again',
      title_other: '{{student}}: {{count}} lessons are at their former times again',
      body: '{{subject}}. The first of them: {{startsAt}}. See the others in the schedule.',
    },
    tutor: {
      title_one: '{{count}} lesson of yours is at its former time again: {{subject}}',
      title_other: '{{count}} lessons of yours are at their former times again: {{subject}}',
      body: 'The first of them: {{startsAt}}. See the others in the schedule.',
    },
  },
  lesson_restored: {
    student: {
      title_one: '{{count}} lesson takes place after all: {{subject}}',
      title_other: '{{count}} lessons take place after all: {{subject}}',
      body: 'The first of them: {{startsAt}}.',
    },
    parent: {
      title_one: '{{student}}: {{count}} lesson takes place after all',
      title_other: '{{student}}: {{count}} lessons take place after all',
      body: '{{subject}}. Their cancellation was undone, and nothing is due for it. The first of them: {{startsAt}}.',
    },
    tutor: {
      title_one: '{{count}} lesson of yours takes place after all: {{subject}}',
      title_other: '{{count}} lessons of yours take place after all: {{subject}}',
      body: 'The first of them: {{startsAt}}.',
    },
  },
}

export const web: Translated<typeof ru.web> = {
  undone: 'All is as before',
  restoreLesson: 'Bring the lesson back',
  restored: 'The lesson takes place again: {{name}}',
  aheadGo_one: '{{count}} lesson: {{names}}, {{first}}.',
  aheadGo_other: '{{count}} lessons: {{names}}. The first {{first}}, the last {{last}}.',
  aheadNone: 'No lessons of this series are ahead.',
}
