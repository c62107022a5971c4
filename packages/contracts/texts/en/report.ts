import type * as ru from '../ru/report.ts'
import type { Translated } from '../translated.ts'

export const notices: Translated<typeof ru.notices> = {
  lesson_report: {
    student: { title: 'Report on your lesson: {{subject}}', body: 'When: {{startsAt}}' },
    parent: { title: '{{student}}: lesson report', body: '{{subject}}. When: {{startsAt}}' },
  },
  lesson_corrected: {
    student: { title: 'Corrected report on your lesson: {{subject}}', body: 'When: {{startsAt}}' },
    parent: { title: '{{student}}: corrected lesson report', body: '{{subject}}. When: {{startsAt}}' },
  },
}

export const lines: Translated<typeof ru.lines> = {
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
}

export const commands: Translated<typeof ru.commands> = {
  done: { about: 'Report a lesson as held', button: '✅ Done' },
}

export const bot: Translated<typeof ru.bot> = {
  done: {
    title: '<b>Waiting for a report</b>\nChoose a lesson:',
    empty: 'All is reported: nothing waits. 🎉',
  },
  report: {
    title: '<b>Report of the lesson</b>\n{{subject}}, {{when}}',
    allAttended: '✅ All attended, done',
    attended: '✅ Attended, done',
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
  },
}

export const web: Translated<typeof ru.web> = {
  done: 'Done',
  report: 'Lesson report',
  correct: 'Correct',
  reported: 'The lesson is marked as held',
  reopened: 'The report is taken back',
  topic: 'Topic',
  noteToFamily: 'Note to the family',
  grade: 'Grade',
  noGrade: 'No grade',
  attendance_attended: 'Attended',
  attendance_excused: 'Excused',
  attendance_unexcused: 'Missed',
  lastLessons: 'What was done',
  noReports: "Topics, grades and the tutor's words will appear here.",
  gradePassed: 'Passed',
  gradeNotPassed: 'Not passed',
  gradeIs: 'Grade: {{grade}}',
  lastTime: 'Last time: {{topic}}',
  topicIs: 'Topic: {{topic}}',
  noteIs: 'Note to the family: {{note}}',
  reopen: 'Take the report back',
  corrected: 'The report is corrected',
  scale: 'Scale',
  scale_five: '5 points',
  scale_hundred: '100 points',
  scale_percent: 'Percent',
  scale_pass: 'Pass or fail',
  passed: 'Pass',
  failedPass: 'Fail',
  attendance: 'Attendance',
  attendanceShort_attended: 'Attended',
  attendanceShort_excused: 'Excused',
  attendanceShort_unexcused: 'Missed',
  lastTopics: 'Latest topics',
}

export const failures: Translated<typeof ru.failures> = {
  not_started: 'The lesson has not started yet.',
  already_completed: 'The lesson is already reported. The report can be corrected.',
  not_completed: 'The lesson is not reported yet.',
}
