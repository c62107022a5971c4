/** The commands, in the order in which they are shown: what Telegram's menu tells of each, and its button. */
export const commands = {
  today: { about: 'Занятия на сегодня', button: '📅 Сегодня' },
  week: { about: 'Занятия недели', button: '🗓 Неделя' },
  schedule: { about: 'Занятия на две недели вперёд', button: '🗓 Расписание' },
  done: { about: 'Отметить проведённое занятие', button: '✅ Провели' },
  add_lesson: { about: 'Запланировать занятие', button: '➕ Занятие' },
  students: { about: 'Ученики', button: '👥 Ученики' },
  invite: { about: 'Пригласить ученика или родителя', button: '✉️ Пригласить' },
  children: { about: 'Как дела у детей', button: '👧 Дети' },
  progress: { about: 'Уровень, опыт и достижения', button: '🏆 Успехи' },
  settings: { about: 'Язык, пояс, каналы, тихие часы', button: '⚙️ Настройки' },
  language: { about: 'Язык / Language', button: '🌐 Язык' },
  privacy: { about: 'Что бот знает и хранит', button: '🔒 Данные' },
  help: { about: 'Что здесь можно делать', button: '❓ Помощь' },
  menu: { about: 'Главное меню', button: '🏠 Меню' },
  cancel: { about: 'Выйти из начатого', button: '✖️ Отмена' },
  start: { about: 'Начать', button: '▶️ Начать' },
}

export const back = '⬅️ Назад'
export const cancel = '✖️ Отмена'
export const close = '✖️ Закрыть'
export const toMenu = '🏠 Меню'
export const stale = 'Уже обработано'
export const cancelled = 'Отменено. Ничего не изменилось.'
export const nothingToCancel = 'Начатого нет. Вот меню:'
export const more = '… Остальное на странице: {{url}}'
export const group = 'В группах я не показываю ни занятий, ни оценок. Мне можно написать в личном чате.'
export const unknown = 'Не получилось понять. Вот что можно выбрать:'
export const notYours = 'Эта команда для другой роли. Всё доступное есть в меню.'
export const stranger =
  'Мы ещё не знакомы. Нужна ссылка-приглашение от школы или репетитора; можно и прислать сюда код приглашения.\n\nЕсли вход на страницу уже есть, Telegram привязывают там, в профиле: {{url}}'

/** Within a dialogue of several steps. */
export const form = {
  choose: 'Выбрать можно кнопкой под карточкой.',
  left: 'Это дело начато раньше и не закончено. Продолжить?',
  resume: '▶️ Продолжить',
  anew: '🆕 Начать заново',
}

export const menu = {
  tutor: '<b>{{school}}</b>\nЗдравствуйте, {{name}}! Что сделаем?',
  student: '<b>{{school}}</b>\nПривет, {{name}}! Что посмотрим?',
  as: '🔁 {{school}}: {{role}}',
}
export const roles = { admin: 'администратор', tutor: 'репетитор', parent: 'родитель', student: 'ученик' }

export const start = {
  invited: '{{invitedBy}} приглашает в школу «{{school}}». Готово, {{name}}: теперь всё здесь.',
  consent: 'Присылать сюда уведомления о занятиях? Это можно изменить в настройках.',
  yes: '✅ Да, присылать',
  no: 'Нет, не нужно',
  consented: 'Хорошо, уведомления будут приходить сюда.',
  declined: 'Хорошо, сюда уведомления приходить не будут.',
  login:
    '<b>Вход на страницу</b>\nКто-то просит впустить на страницу от имени «{{name}}».\n\nБраузер: {{agent}}\nАдрес: {{address}}\n\nЕсли это кто-то другой, нужно нажать «Нет».',
  link: '<b>Привязка Telegram</b>\nПривязать этот Telegram к записи «{{name}}»?\n\nБраузер: {{agent}}\nАдрес: {{address}}',
  itsMe: '✅ Да, это я',
  notMe: '❌ Нет',
  loggedIn: 'Вход подтверждён. Можно вернуться на страницу.',
  linked: 'Telegram привязан. Теперь можно пользоваться ботом.',
  refused: 'Отклонено. Никто не войдёт.',
}

export const help = {
  known: 'Вот что здесь можно делать:',
  row: '/{{command}} - {{about}}',
  more: 'Всё это есть и кнопками в меню, и на странице: {{url}}',
}

export const privacy =
  '<b>Что хранит бот</b>\nНомер Telegram: по нему бот узнаёт, кто пишет.\nСообщения боту: 24 часа, чтобы ничего не потерять и не сделать дважды, потом удаляются. Сообщение, на котором бот сломался, остаётся до 30 дней, чтобы это исправить.\nНачатое и не законченное: 24 часа.\n\n<b>Чего бот не делает</b>\nНе читает группы, кроме обращений к нему. Не показывает в группах оценки и занятия. Никому не передаёт этот номер.\n\nЗанятия, отчёты и успехи хранит школа: их видят только те, о ком они, семья, репетитор и администратор школы. Отвязать Telegram можно в настройках.'

export const lesson = {
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
}

export const day = {
  title: '<b>{{day}}</b>',
  today: '<b>Сегодня, {{day}}</b>',
  empty: 'Занятий нет.',
  emptyTutor: 'Занятий нет. Запланируйте первое: /add_lesson',
  previous: '‹ {{day}}',
  next: '{{day}} ›',
}
export const week = {
  title: '<b>Неделя с {{day}}</b>',
  row: '{{day}}: {{lessons}}',
  lessons_one: '{{count}} занятие',
  lessons_few: '{{count}} занятия',
  lessons_many: '{{count}} занятий',
  none: 'свободно',
}
export const done = {
  title: '<b>Ждут отчёта</b>\nВыберите занятие:',
  empty: 'Всё отмечено: отчёта ничего не ждёт. 🎉',
}

export const report = {
  title: '<b>Отчёт о занятии</b>\n{{subject}}, {{when}}',
  allAttended: '✅ Все были, готово',
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
}

export const add = {
  title: '<b>Новое занятие</b> {{step}}/{{of}}',
  who: 'С кем?',
  noStudents: 'Учеников пока нет. Добавьте первого на странице: {{url}}',
  subject: 'Какой предмет? Выберите или напишите.',
  day: 'Какой день? Выберите или напишите, например 2026-12-01.',
  time: 'Во сколько начать? Выберите час или напишите, например 17:15.',
  quarter: 'Во сколько именно?',
  minutes: 'Сколько минут? Выберите или напишите, от 5 до 480.',
  repeat: 'Повторять?',
  price: 'Сколько стоит одно занятие, ₽? Напишите или выберите.',
  free: 'Бесплатно',
  today: 'сегодня',
  tomorrow: 'завтра',
  grid: '📆 Календарь',
  once: 'Один раз',
  weekly: 'Каждую неделю',
  fortnightly: 'Раз в две недели',
  confirm: 'Всё верно?',
  plan: '✅ Запланировать',
  changeSubject: '✏️ Предмет',
  changePrice: '✏️ Цена',
  changeDay: '✏️ День',
  changeTime: '✏️ Время',
  summary: '👤 {{name}}\n📘 {{subject}}\n🕒 {{when}}, {{length}}\n🔁 {{repeat}}\n💰 {{price}}',
  planned: 'Запланировано',
  undo: '↩️ Отменить действие (5 минут)',
  undone: 'Отменено: занятия не будет',
  tooLate: 'Прошло больше 5 минут. Отменить можно в карточке занятия.',
  day_past: 'Этот день уже прошёл. Выберите сегодня или позже.',
  day_far: 'Так далеко не планируют: не больше года вперёд.',
  day_form: 'Не похоже на день. Нужно так: 2026-12-01.',
  time_form: 'Не похоже на время. Нужно так: 17:15.',
  minutes_form: 'Нужно целое число минут от 5 до 480.',
  subject_form: 'Нужно название предмета, до 100 символов.',
  price_form: 'Нужна сумма от 0 до 100 000 ₽, например 1500.',
}

export const students = {
  title: '<b>Ученики</b>',
  empty: 'Учеников пока нет. Добавьте первого на странице: {{url}}',
  next: 'Следующее занятие: {{when}}',
  noNext: 'Занятий впереди нет.',
  signsIn: 'Уже с нами',
  notIn: 'Ещё не с нами: пригласите',
  level: 'Уровень {{level}}, {{xp}} XP',
}

export const invite = {
  who: '<b>Приглашение</b>\nКто из учеников?',
  whom: '<b>Приглашение</b>\nКого пригласить?',
  student: '🎒 {{name}}',
  parent: '👪 Родитель: {{name}}',
  made: '<b>Приглашение готово</b>\nПерешлите ссылку или продиктуйте код. Действует 7 дней, один раз.\n\nTelegram: {{telegramLink}}\nСтраница: {{link}}\nКод: <code>{{code}}</code>',
  send: '📤 Переслать',
  message: 'Приглашение в школу «{{school}}»',
}

export const schedule = {
  title: '<b>Расписание</b>',
  of: '<b>Расписание: {{name}}</b>',
  empty: 'В ближайшие две недели занятий нет.',
  all: 'Все дети',
  chosen: '• {{name}}',
}

export const progress = {
  title: '<b>{{name}}</b>',
  level: 'Уровень {{level}}',
  bar: '{{bar}} {{xp}} / {{next}}',
  top: 'Это высший уровень, а опыт растёт дальше: {{xp}} XP',
  streak_one: '🔥 {{count}} день подряд, лучшая серия: {{best}}',
  streak_few: '🔥 {{count}} дня подряд, лучшая серия: {{best}}',
  streak_many: '🔥 {{count}} дней подряд, лучшая серия: {{best}}',
  weeks_one: '📈 {{count}} неделя без пропусков',
  weeks_few: '📈 {{count}} недели без пропусков',
  weeks_many: '📈 {{count}} недель без пропусков',
  earned: '🏅 Достижений: {{count}}',
  near: 'Ближе всего:',
  goal: '{{bar}} {{title}}: {{how}}',
  off: 'Игра выключена. Занятия и отчёты смотри в расписании.',
  offParent: 'Игра выключена. Занятия и отчёты есть в расписании.',
}

export const children = {
  title: '<b>{{name}}</b>',
  empty: 'Здесь будут дети, когда школа свяжет их с вами.',
  next: 'Следующее занятие: {{when}}, {{subject}}',
  noNext: 'В ближайшие две недели занятий нет.',
  last: 'Последние занятия:',
  progress: '🏆 Успехи',
  schedule: '🗓 Расписание',
}

export const settings = {
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
}

export const language = { title: 'Язык / Language', ru: 'Русский', en: 'English', saved: 'Говорим по-русски.' }

/** The pages that stand for Telegram where there is no token; `{{name}}` is filled in. */
export const emulator = {
  title: 'Telegram для показа',
  chats: 'Чаты',
  explained: 'Здесь можно писать боту от имени каждого человека. Настоящий Telegram не нужен, наружу ничего не уходит.',
  chatOf: 'Чат: {{name}}',
  message: 'Сообщение',
  send: 'Отправить',
  start: 'Начать',
  block: 'Заблокировать бота',
  unblock: 'Разблокировать бота',
  refresh: 'Обновить',
  whoOpens: 'Кто открывает эту ссылку?',
}
