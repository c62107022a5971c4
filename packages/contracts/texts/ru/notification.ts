/** What people find in their inbox, by notice and by whom it is for: «ты» to students, «вы» to parents and tutors. */
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
  lesson_report: {
    student: { title: 'Отчёт о твоём занятии: {{subject}}', body: 'Когда: {{startsAt}}' },
    parent: { title: '{{student}}: отчёт о занятии', body: '{{subject}}. Когда: {{startsAt}}' },
  },
  lesson_corrected: {
    student: { title: 'Отчёт о твоём занятии исправлен: {{subject}}', body: 'Когда: {{startsAt}}' },
    parent: { title: '{{student}}: отчёт о занятии исправлен', body: '{{subject}}. Когда: {{startsAt}}' },
  },
  lesson_reminder_24h: {
    student: { title: 'Не забудь о занятии: {{subject}}', body: 'Начало: {{startsAt}}' },
    parent: { title: '{{student}}: скоро занятие', body: '{{subject}}. Начало: {{startsAt}}' },
  },
  lesson_reminder_1h: {
    student: { title: 'Занятие вот-вот начнётся: {{subject}}', body: 'Начало: {{startsAt}}' },
  },
  level_up: {
    student: { title: 'У тебя новый уровень: {{to}}', body: 'Так держать!' },
    parent: { title: '{{student}}: новый уровень', body: 'Теперь это уровень {{to}}. Порадуйтесь вместе!' },
  },
  achievement_earned: {
    student: { title: 'У тебя новое достижение: «{{achievement}}»', body: '{{rarity}} достижение. Награда: {{rewardXp}} XP.' },
    parent: { title: '{{student}}: новое достижение «{{achievement}}»', body: '{{rarity}} достижение. Порадуйтесь вместе!' },
  },
  streak_reached: {
    student: {
      title_one: 'У тебя {{count}} день занятий подряд',
      title_few: 'У тебя {{count}} дня занятий подряд',
      title_many: 'У тебя {{count}} дней занятий подряд',
      body: 'Отличный ритм!',
    },
  },
  streak_at_risk: {
    student: {
      title_one: 'В твоей серии {{count}} день',
      title_few: 'В твоей серии {{count}} дня',
      title_many: 'В твоей серии {{count}} дней',
      body: 'Сегодня её ещё можно продолжить: хватит одного занятия. А если сегодня отдых, это тоже хорошо.',
    },
  },
  streak_frozen: {
    student: {
      title: 'Заморозка сберегла твою серию',
      body_one: 'День без занятий ({{day}}) не в счёт: серия остаётся, в ней {{count}} день.',
      body_few: 'День без занятий ({{day}}) не в счёт: серия остаётся, в ней {{count}} дня.',
      body_many: 'День без занятий ({{day}}) не в счёт: серия остаётся, в ней {{count}} дней.',
    },
  },
  lesson_reminder_eve: {
    student: { title: 'Заранее о занятии: {{subject}}', body: 'Начало: {{startsAt}}' },
  },
  agenda: {
    tutor: {
      title_one: 'Сегодня у вас {{count}} занятие',
      title_few: 'Сегодня у вас {{count}} занятия',
      title_many: 'Сегодня у вас {{count}} занятий',
      body: 'Хорошего дня!',
    },
  },
  evening_report: {
    tutor: {
      title_one: 'За день проведено {{count}} занятие',
      title_few: 'За день проведено {{count}} занятия',
      title_many: 'За день проведено {{count}} занятий',
      body: 'Неотмеченных занятий: {{unreported}}.',
    },
  },
  signed_in: {
    student: {
      title: 'Вход с нового устройства',
      body: 'Откуда: {{address}}. Программа: {{agent}}. Если это не ты, смени пароль и выйди везде.',
    },
    parent: {
      title: 'Вход с нового устройства',
      body: 'Откуда: {{address}}. Программа: {{agent}}. Если это не вы, смените пароль и выйдите везде.',
    },
    tutor: {
      title: 'Вход с нового устройства',
      body: 'Откуда: {{address}}. Программа: {{agent}}. Если это не вы, смените пароль и выйдите везде.',
    },
  },
  telegram_linked: {
    student: { title: 'Telegram привязан', body: 'Уведомления будут приходить и туда. Если это не ты, отвяжи его в профиле.' },
    parent: { title: 'Telegram привязан', body: 'Уведомления будут приходить и туда. Если это не вы, отвяжите его в профиле.' },
    tutor: { title: 'Telegram привязан', body: 'Уведомления будут приходить и туда. Если это не вы, отвяжите его в профиле.' },
  },
  channel_blocked: {
    tutor: {
      title: '{{person}}: сообщения не доходят',
      body: 'Канал {{channel}} закрыт получателем. Пишем другим каналом, если он есть; о важном лучше позвонить.',
    },
  },
  channel_test: {
    student: { title: 'Проверка связи', body: 'Ты это читаешь, значит, канал работает.' },
    parent: { title: 'Проверка связи', body: 'Вы это читаете, значит, канал работает.' },
    tutor: { title: 'Проверка связи', body: 'Вы это читаете, значит, канал работает.' },
  },
  broadcast: {
    student: { title: 'Сообщение: {{from}}', body: '{{text}}' },
    parent: { title: 'Сообщение: {{from}}', body: '{{text}}' },
    tutor: { title: 'Сообщение: {{from}}', body: '{{text}}' },
  },
}
export type NoticeCode = keyof typeof notices

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
  attended: 'Посещение: да',
  excused: 'Посещение: нет, по уважительной причине',
  unexcused: 'Посещение: нет, без уважительной причины',
  grade_five: 'Оценка: {{grade}} из 5',
  grade_hundred: 'Оценка: {{grade}} из 100',
  grade_percent: 'Результат: {{grade}} %',
  grade_passed: 'Зачёт',
  grade_failed: 'Незачёт',
  topic: 'Тема: {{topic}}',
  note: 'От преподавателя: {{note}}',
  xp: 'Опыт: +{{xp}} XP',
  reason: 'Причина: {{reason}}',
  charge: 'Отмена поздняя: к оплате {{chargePercent}} % стоимости',
  make_up: 'Занятие можно будет отработать',
  video: 'Ссылка на занятие: {{videoUrl}}',
  agenda_lesson: '{{at}} {{subject}}: {{students}}',
  unreported_lesson: 'Не отмечено: {{at}} {{subject}}, {{students}}',
  freezes_one: 'В запасе {{count}} заморозка',
  freezes_few: 'В запасе {{count}} заморозки',
  freezes_many: 'В запасе {{count}} заморозок',
}

/** In place of a name that is not known yet. */
export const unknown = { student: 'Ваш ребёнок' }

/** What the channels add to a notice. */
export const outward = {
  open: 'Открыть в RepitBot',
  whole: 'Читать целиком на странице',
  digest: 'Новые успехи',
  mailFooter: 'Письмо отправил RepitBot. Каналы и тихие часы настраиваются в профиле.',
}
