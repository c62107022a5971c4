/** Notices, by code and by audience: «ты» to students, «вы» to parents and tutors. */
export const notices = {
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
}

/** The bot's commands: what Telegram's menu says of each, and its button. */
export const commands = {
  settings: { about: 'Язык, пояс, каналы, тихие часы', button: '⚙️ Настройки' },
  language: { about: 'Язык / Language', button: '🌐 Язык' },
  privacy: { about: 'Что бот знает и хранит', button: '🔒 Данные' },
}

export const bot = {
  privacy:
    '<b>Что хранит бот</b>\nНомер Telegram: по нему бот узнаёт, кто пишет.\nСообщения боту: 24 часа, чтобы ничего не потерять и не сделать дважды, потом удаляются. Сообщение, на котором бот сломался, остаётся до 30 дней, чтобы это исправить.\nНачатое и не законченное: 24 часа.\n\n<b>Чего бот не делает</b>\nНе читает группы, кроме обращений к нему. Не показывает в группах оценки и занятия. Никому не передаёт этот номер.\n\nЗанятия, отчёты и успехи хранит школа: их видят только те, о ком они, семья, репетитор и администратор школы. Отвязать Telegram можно в настройках.',
  settings: {
    title: '<b>Настройки</b>',
    language: '🌐 Язык: русский',
    zone: '🕒 Пояс: {{zone}}',
    askZone: 'Какой часовой пояс? Можно выбрать или написать, например Europe/Moscow.',
    channels: 'Уведомления, кроме входящих на странице:',
    telegramOn: '🔔 Telegram: да',
    telegramOff: '🔕 Telegram: нет',
    emailOn: '📧 E-mail: да',
    emailOff: '📧 E-mail: нет',
    quiet: '🌙 Тихие часы: {{from}}-{{until}}',
    quietOff: '🌙 Тихие часы: нет',
    askQuiet: 'В тихие часы приходит только срочное. Можно выбрать или написать, например 22:00-08:00.',
    without: 'Без тихих часов',
    unlink: '🔓 Отвязать Telegram',
    askUnlink: 'Отвязать этот Telegram от записи «{{name}}»? Бот перестанет узнавать, кто пишет.',
    unlinkYes: '🔓 Да, отвязать',
    unlinked: 'Telegram отвязан. Вернуться можно по приглашению или из профиля на странице.',
    saved: 'Сохранено',
    quiet_form: 'Нужно так: 22:00-08:00.',
  },
  language: { title: 'Язык / Language', ru: 'Русский', en: 'English', saved: 'Говорим по-русски.' },
}

export const web = {
  settings: 'Настройки',
  profile: 'Профиль',
  languageLabel: 'Язык',
  russian: 'Русский',
  english: 'Английский',
  zone: 'Часовой пояс',
  zoneHint: 'В нём показаны все времена на странице и в сообщениях.',
  saved: 'Сохранено',
  channels: 'Куда присылать',
  channelsAbout: 'Всё остаётся во входящих. Копия уходит в первый работающий канал.',
  channel_telegram: 'Telegram',
  channel_email: 'E-mail',
  channelFirst: 'Сделать первым: {{channel}}',
  channelUse: 'Присылать: {{channel}}',
  noEmail: 'Адреса нет',
  telegramBound: 'Telegram привязан',
  telegramNotBound: 'Не привязан',
  telegramLinkDo: 'Привязать Telegram',
  telegramLinkAbout: 'Нужно открыть ссылку в Telegram или навести камеру телефона и подтвердить в чате.',
  telegramLinkAbout_pupil: 'Открой ссылку в Telegram или наведи камеру телефона и подтверди в чате.',
  telegramUnlink: 'Отвязать Telegram',
  telegramReleased: 'Telegram отвязан',
  quietHours: 'Тихие часы',
  quietAbout: 'В это время приходит только срочное: отмена или перенос ближайшего занятия, вход в учётную запись.',
  quietOn: 'Не беспокоить',
  fromTime: 'С',
  untilTime: 'До',
  preferences: 'Напоминания',
  currentPassword: 'Текущий пароль',
  changePassword: 'Сменить пароль',
  passwordChanged: 'Пароль сменён, на других устройствах вход завершён',
  sessions: 'Устройства',
  usedAt: '{{when}}, адрес {{address}}',
  thisDevice: 'Это устройство',
  endSession: 'Выйти там: {{device}}',
  school: 'Школа',
  schoolName: 'Название школы',
  schoolNameHint: 'Для частной практики подойдёт ваше имя. Его увидят ученики и родители.',
  schoolLanguage: 'Язык школы',
  schoolLanguageHint: 'На нём начинают новые люди; каждый может выбрать свой.',
  policy: 'Поздняя отмена',
  policyAbout: 'Что платит семья, если отменяет занятие поздно. Репетитор может снять списание.',
  noticeHours: 'Бесплатно, если до начала осталось часов',
  lateCharge: 'Позже списывается',
  noCharge: 'Ничего',
  agendaAt: 'План на день приходит в',
  eveningAt: 'Итоги дня приходят в',
  emptyIsNever: 'Пустое время: не присылать',
  streakRisk: 'Напоминать вечером, если серия может прерваться (с 14 лет)',
  digestAt: 'Уровни и достижения, всё вместе, приходят в',
  testSend: 'Проверить: {{channel}}',
  testSent: 'Проверочное сообщение отправлено. Его доставка видна во входящих.',
}

export const failures = {
  no_such_channel: 'Этот канал не настроен: нет адреса или школа им не пользуется.',
}
