/** Notices, by code and by audience: «ты» to students, «вы» to parents and tutors. */
export const notices = {
  lesson_report: {
    student: { title: 'Отчёт о твоём занятии: {{subject}}', body: 'Когда: {{startsAt}}' },
    parent: { title: '{{student}}: отчёт о занятии', body: '{{subject}}. Когда: {{startsAt}}' },
  },
  lesson_corrected: {
    student: { title: 'Отчёт о твоём занятии исправлен: {{subject}}', body: 'Когда: {{startsAt}}' },
    parent: { title: '{{student}}: отчёт о занятии исправлен', body: '{{subject}}. Когда: {{startsAt}}' },
  },
}

/** Lines under a notice's body, each there only when it is known. */
export const lines = {
  attended: 'Посещение: да',
  excused: 'Посещение: нет, по уважительной причине',
  unexcused: 'Посещение: нет, без уважительной причины',
  grade_five: 'Оценка: {{grade}} из 5',
  grade_hundred: 'Оценка: {{grade}} из 100',
  grade_percent: 'Результат: {{grade}} %',
  grade_passed: 'Зачёт',
  grade_failed: 'Незачёт',
  topic: 'Тема: {{topic}}',
  note: 'От репетитора: {{note}}',
  xp: 'Опыт: +{{xp}} XP',
}

/** The bot's commands: what Telegram's menu says of each, and its button. */
export const commands = {
  done: { about: 'Отметить проведённое занятие', button: '✅ Провели' },
}

export const bot = {
  done: {
    title: '<b>Ждут отчёта</b>\nВыберите занятие:',
    empty: 'Всё отмечено: отчёта ничего не ждёт. 🎉',
  },
  report: {
    title: '<b>Отчёт о занятии</b>\n{{subject}}, {{when}}',
    allAttended: '✅ Все были, готово',
    attended: '✅ Занятие было, готово',
    save: '✅ Готово',
    seat: '{{mark}} {{name}}',
    grade: '🎓 {{name}}: {{grade}}',
    noGrade: 'без оценки',
    topic: '📖 Тема',
    note: '💬 Заметка семье',
    askTopic: 'Напишите тему или выберите одну из последних:',
    askNote: 'Напишите заметку семье: что получилось, что повторить.',
    askGrade: 'Оценка, {{name}}:',
    ungraded: 'Без оценки',
    topic_form: 'Тема не длиннее 200 символов. Напишите короче.',
    note_form: 'Заметка не длиннее 2000 символов. Напишите короче.',
    completed: 'Готово, занятие отмечено проведённым',
    corrected: 'Отчёт исправлен',
  },
}

export const web = {
  done: 'Провели',
  report: 'Отчёт о занятии',
  correct: 'Исправить',
  reported: 'Занятие отмечено проведённым',
  reopened: 'Отчёт снят',
  topic: 'Тема',
  noteToFamily: 'Заметка семье',
  grade: 'Оценка',
  noGrade: 'Без оценки',
  attendance_attended: 'На занятии',
  attendance_excused: 'Уважительная причина',
  attendance_unexcused: 'Пропуск',
  lastLessons: 'Что было на занятиях',
  noReports: 'Здесь появятся темы, оценки и слова репетитора.',
  gradePassed: 'Зачёт',
  gradeNotPassed: 'Незачёт',
  gradeIs: 'Оценка: {{grade}}',
  lastTime: 'В прошлый раз: {{topic}}',
  topicIs: 'Тема: {{topic}}',
  noteIs: 'Заметка семье: {{note}}',
  reopen: 'Снять отчёт',
  corrected: 'Отчёт исправлен',
  scale: 'Шкала',
  scale_five: '5 баллов',
  scale_hundred: '100 баллов',
  scale_percent: 'Проценты',
  scale_pass: 'Зачёт',
  passed: 'Зачёт',
  failedPass: 'Незачёт',
  attendance: 'Присутствие',
  attendanceShort_attended: 'На занятии',
  attendanceShort_excused: 'Уваж. причина',
  attendanceShort_unexcused: 'Пропуск',
  lastTopics: 'Последние темы',
}

export const failures = {
  not_started: 'Занятие ещё не началось.',
  already_completed: 'Занятие уже отмечено проведённым. Отчёт можно исправить.',
  not_completed: 'Занятие ещё не отмечено проведённым.',
}
