/** The bot's commands: what Telegram's menu says of each, and its button. */
export const commands = {
  help: { about: 'Что здесь можно делать', button: '❓ Помощь' },
  menu: { about: 'Главное меню', button: '🏠 Меню' },
  cancel: { about: 'Выйти из начатого', button: '✖️ Отмена' },
}

export const bot = {
  back: '⬅️ Назад',
  cancel: '✖️ Отмена',
  close: '✖️ Закрыть',
  toMenu: '🏠 Меню',
  stale: 'Уже обработано',
  cancelled: 'Отменено. Ничего не изменилось.',
  nothingToCancel: 'Начатого нет. Вот меню:',
  more: '… Остальное на странице: {{url}}',
  group: 'В группах я не показываю ни занятий, ни оценок. Мне можно написать в личном чате.',
  unknown: 'Не получилось понять. Вот что можно выбрать:',
  notYours: 'Эта команда для другой роли. Всё доступное есть в меню.',
  /** Within a dialogue of several steps. */
  form: {
    choose: 'Выбрать можно кнопкой под карточкой.',
    left: 'Это дело начато раньше и не закончено. Продолжить?',
    resume: '▶️ Продолжить',
    anew: '🆕 Начать заново',
  },
  menu: {
    tutor: '<b>{{school}}</b>\nЗдравствуйте, {{name}}! Что сделаем?',
    student: '<b>{{school}}</b>\nПривет, {{name}}! Что посмотрим?',
    as: '🔁 {{school}}: {{role}}',
  },
  help: {
    known: 'Вот что здесь можно делать:',
    row: '/{{command}} - {{about}}',
    more: 'Всё это есть и кнопками в меню, и на странице: {{url}}',
  },
}

export const web = {
  menu: 'Меню',
  back: 'Назад',
  language: 'Язык: English',
  dark: 'Тёмная тема',
  light: 'Светлая тема',
  retry: 'Повторить',
  lost: 'Нет связи с сервером. Введённое сохранено, можно попробовать ещё раз.',
  failed: 'Не получилось',
  fieldSaid: '{{field}}: {{said}}',
  correlation: 'Номер для поддержки: {{id}}',
  loading: 'Загрузка',
  save: 'Сохранить',
  undo: 'Вернуть',
  undoMore: 'Ещё {{count}}',
  draftRestored: 'Здесь то, что было набрано раньше.',
  draftThrowAway: 'Начать заново',
  close: 'Закрыть',
  about: 'Расписание, занятия и успехи для репетиторов и небольших школ',
  skip: 'К содержанию',
  more: 'Ещё',
  search: 'Поиск',
  searchHint: 'Ученик, предмет или тема',
  nothingFound: 'Ничего не нашлось: {{wanted}}',
  keys: 'Клавиши',
  personMenu: '{{name}}: меню',
  zoneNow: 'Часовой пояс: {{zone}}',
  offline: 'Нет связи. Показано сохранённое, изменить пока ничего нельзя.',
  newer: 'Готова новая версия.',
  update: 'Обновить',
  notNow: 'Позже',
  noPage: 'Такой страницы нет',
  noPageAbout: 'Возможно, ссылка устарела или в адресе опечатка.',
  toStart: 'На главную',
}

export const failures = {
  bad_request: 'Запрос не удалось разобрать: тело должно быть правильным JSON.',
  invalid_input: 'Нужно проверить поля: что-то заполнено не так.',
  not_signed_in: 'Нужно войти.',
  forbidden: 'На это нет прав.',
  not_found: 'Не найдено.',
  method_not_allowed: 'Так к этому адресу обратиться нельзя.',
  conflict: 'Это противоречит тому, что уже есть.',
  body_stalled: 'Запрос не дошёл до конца. Нужно проверить связь и отправить ещё раз.',
  too_large: 'Слишком много данных для одного запроса.',
  wrong_media_type: 'Нужен JSON: Content-Type должен быть application/json.',
  idempotency_key_reused: 'Этот Idempotency-Key уже использован с другим содержимым: нужен новый ключ.',
  too_many_requests: 'Слишком часто. Нужно немного подождать и повторить.',
  internal: 'Что-то сломалось у нас. Мы уже записали это; повторить можно позже.',
  upstream_failed: 'Часть системы ответила непонятно. Повторить можно позже.',
  unavailable: 'Часть системы сейчас недоступна. Ничего не потеряно, повторить можно через минуту.',
  upstream_timeout: 'Часть системы не успела ответить. Повторить можно через минуту.',
}

/** What is wrong with a field, where its schema does not say it. */
export const fields = {
  notStorable: 'Есть символы, которые нельзя сохранить: нулевой байт или половина эмодзи. Их нужно убрать.',
}
