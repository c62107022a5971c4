/** Notices, by code and by audience: «ты» to students, «вы» to parents and tutors. */
export const notices = {
  lesson_planned: {
    student: { title: 'У тебя новое занятие: {{subject}}', body: 'Начало: {{startsAt}}. Длительность: {{minutes}} мин.' },
    parent: { title: '{{student}}: новое занятие', body: '{{subject}}. Начало: {{startsAt}}. Длительность: {{minutes}} мин.' },
  },
  series_planned: {
    student: {
      title: 'У тебя регулярные занятия: {{subject}}',
      body: 'Первое занятие: {{startsAt}}. Остальные смотри в расписании.',
    },
    parent: {
      title: '{{student}}: регулярные занятия',
      body: '{{subject}}. Первое занятие: {{startsAt}}. Остальные вы найдёте в расписании.',
    },
  },
  lesson_moved: {
    student: { title: 'Занятие перенесено: {{subject}}', body: 'Было: {{movedFrom}}. Теперь: {{startsAt}}.' },
    parent: { title: '{{student}}: занятие перенесено', body: '{{subject}}. Было: {{movedFrom}}. Теперь: {{startsAt}}.' },
    tutor: { title: 'Ваше занятие перенесено: {{subject}}', body: 'Было: {{movedFrom}}. Теперь: {{startsAt}}.' },
  },
  lesson_length: {
    student: { title: 'Изменилась длительность занятия: {{subject}}', body: 'Начало: {{startsAt}}. Теперь длится {{minutes}} мин.' },
    parent: {
      title: '{{student}}: изменилась длительность занятия',
      body: '{{subject}}. Начало: {{startsAt}}. Теперь длится {{minutes}} мин.',
    },
  },
  lesson_cancelled: {
    student: { title: 'Занятие отменено: {{subject}}', body: 'Оно было назначено на это время: {{startsAt}}.' },
    parent: { title: '{{student}}: занятие отменено', body: '{{subject}}. Оно было назначено на это время: {{startsAt}}.' },
    tutor: { title: 'Ваше занятие отменено: {{subject}}', body: 'Оно было назначено на это время: {{startsAt}}.' },
  },
}

/** The same notice once for several lessons of a series that changed together; `startsAt` is the earliest of them. */
export const gathered = {
  lesson_moved: {
    student: {
      title_one: 'Перенесено {{count}} занятие: {{subject}}',
      title_few: 'Перенесены {{count}} занятия: {{subject}}',
      title_many: 'Перенесено {{count}} занятий: {{subject}}',
      body: 'Первое из них теперь: {{startsAt}}. Остальные смотри в расписании.',
    },
    parent: {
      title_one: '{{student}}: перенесено {{count}} занятие',
      title_few: '{{student}}: перенесены {{count}} занятия',
      title_many: '{{student}}: перенесено {{count}} занятий',
      body: '{{subject}}. Первое из них теперь: {{startsAt}}. Остальные вы найдёте в расписании.',
    },
    tutor: {
      title_one: 'Перенесено {{count}} ваше занятие: {{subject}}',
      title_few: 'Перенесены {{count}} ваших занятия: {{subject}}',
      title_many: 'Перенесено {{count}} ваших занятий: {{subject}}',
      body: 'Первое из них теперь: {{startsAt}}. Остальные вы найдёте в расписании.',
    },
  },
  lesson_cancelled: {
    student: {
      title_one: 'Отменено {{count}} занятие: {{subject}}',
      title_few: 'Отменены {{count}} занятия: {{subject}}',
      title_many: 'Отменено {{count}} занятий: {{subject}}',
      body: 'Первое из них было назначено на это время: {{startsAt}}.',
    },
    parent: {
      title_one: '{{student}}: отменено {{count}} занятие',
      title_few: '{{student}}: отменены {{count}} занятия',
      title_many: '{{student}}: отменено {{count}} занятий',
      body: '{{subject}}. Первое из них было назначено на это время: {{startsAt}}.',
    },
    tutor: {
      title_one: 'Отменено {{count}} ваше занятие: {{subject}}',
      title_few: 'Отменены {{count}} ваших занятия: {{subject}}',
      title_many: 'Отменено {{count}} ваших занятий: {{subject}}',
      body: 'Первое из них было назначено на это время: {{startsAt}}.',
    },
  },
}

/** Lines under a notice's body, each there only when it is known. */
export const lines = {
  reason: 'Причина: {{reason}}',
  charge: 'Отмена поздняя: к оплате {{chargePercent}} % стоимости',
  make_up: 'Занятие можно будет отработать',
}

export const bot = {
  lesson: {
    row: '{{mark}} {{time}} {{names}}, {{subject}}',
    title: '<b>{{subject}}</b>',
    when: '🕒 {{when}}, {{length}}',
    names: '👤 {{names}}',
    tutor: '👩‍🏫 {{name}}',
    status_scheduled: 'Запланировано',
    status_rescheduled: 'Перенесено',
    status_awaiting_confirmation: 'Ждёт отчёта',
    status_completed: 'Проведено',
    status_cancelled_free: 'Отменено',
    status_cancelled_chargeable: 'Отменено с оплатой',
    status: '{{mark}} {{status}}',
    topic: '📖 {{topic}}',
    note: '💬 {{note}}',
    seat: '{{name}}: {{attendance}}',
    seatGraded: '{{name}}: {{attendance}}, оценка {{grade}}',
    minutes_one: '{{count}} минута',
    minutes_few: '{{count}} минуты',
    minutes_many: '{{count}} минут',
    attended: 'было посещение',
    excused: 'пропуск по уважительной причине',
    unexcused: 'пропуск без причины',
    video: '🎥 Подключиться',
    complete: '✅ Провели',
    correct: '✏️ Исправить отчёт',
    undo: '↩️ Отменить действие (5 минут)',
    tooLateToUndo: 'Прошло больше 5 минут. Отчёт можно исправить.',
    undone: 'Отменено: занятие снова ждёт отчёта',
    cancel: '🚫 Отменить занятие',
    cancelAsk: '<b>Отменить занятие?</b>\n{{names}}, {{subject}}\n{{when}}\n\nДля семьи бесплатно. Семья узнает об этом.',
    cancelAskFamily: '<b>Отменить занятие?</b>\n{{names}}, {{subject}}\n{{when}}\n\nПоздняя отмена может быть платной: так решает школа.',
    cancelYes: '🚫 Да, отменить: {{name}}',
    cancelled: 'Занятие отменено',
  },
}

export const web = {
  status_scheduled: 'Запланировано',
  status_rescheduled: 'Перенесено',
  status_awaiting_confirmation: 'Ждёт отчёта',
  status_completed: 'Проведено',
  status_cancelled_free: 'Отменено',
  status_cancelled_chargeable: 'Отменено с оплатой',
  minutesShort_one: '{{count}} минута',
  minutesShort_few: '{{count}} минуты',
  minutesShort_many: '{{count}} минут',
  cancelLesson: 'Отменить занятие',
  cancelFor: 'Отменить и оплатить {{cost}}',
  cancelLate: 'До начала меньше {{hours}} ч, поэтому отмена стоит {{percent}} % цены: {{cost}}. Репетитор может снять списание.',
  cancelFreeUntil: 'Сейчас отмена бесплатна, и так будет до {{until}}.',
  cancelFree: 'Отмена бесплатна.',
  cancelReason: 'Причина, по желанию',
  lessonCancelled: 'Занятие отменено, репетитор узнает об этом',
  cancelledCharged: 'Отменено поздно: {{percent}} % цены к оплате.',
  cancelledFree: 'Отменено бесплатно.',
  seats_one: '{{count}} ученик',
  seats_few: '{{count}} ученика',
  seats_many: '{{count}} учеников',
  join: 'Войти в видеозвонок',
  inSeries: 'Повторяется',
  groupOf_one: 'Группа, {{count}} ученик',
  groupOf_few: 'Группа, {{count}} ученика',
  groupOf_many: 'Группа, {{count}} учеников',
  lesson: 'Занятие',
  movedFrom: 'Перенесено с {{when}}',
  move: 'Перенести',
  moveTitle: 'Перенос',
  moveDo: 'Перенести занятие',
  moved: 'Занятие перенесено',
  moveTold: '{{name}}: новое время {{when}}, {{count}} мин.',
  seriesMoved: 'Занятия серии перенесены',
  callOff: 'Отменить',
  callOffTitle: 'Отмена',
  callOffTold: '{{name}}, {{when}}. Занятие отменяет школа: для семьи это бесплатно, она узнает об отмене и причине.',
  callOffDo: 'Отменить занятие',
  callOffMany: 'Отменить занятия',
  calledOff: 'Занятие отменено: {{name}}',
  seriesCalledOff: 'Занятия серии отменены: {{name}}',
  reason: 'Причина',
  reasonHint: 'Необязательно; её прочитает семья',
  makeUp: 'Дать право на отработку',
  cancelledAt: 'Отменено {{when}}.',
  chargedPercent: 'Списано {{percent}} % цены.',
  makeUpGiven: 'Дано право на отработку.',
  waive: 'Простить списание {{percent}} %',
  waived: 'Списание снято: {{name}}',
  whichLessons: 'Какие занятия?',
  scope_this: 'Только это',
  scope_following: 'Это и все следующие',
  scope_all: 'Все будущие',
}

export const failures = {
  already_started: 'Урок уже начался.',
  already_cancelled: 'Урок уже отменён.',
  group_lesson: 'Это групповой урок: об отсутствии нужно сказать преподавателю.',
  nothing_to_waive: 'За отмену этого урока ничего не взимается.',
  too_late_to_waive: 'Списание можно снять в течение 7 дней после отмены.',
}
