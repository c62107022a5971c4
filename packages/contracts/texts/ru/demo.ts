/** The people and topics of the demo school. */
export const demo = {
  school: 'Школа «Азимут»',
  admin: 'Ольга Соколова',
  tutor: 'Анна Викторовна Орлова',
  parents: ['Елена Смирнова', 'Игорь Кузнецов', 'Марина Лебедева'],
  students: ['Маша Смирнова', 'Петя Смирнов', 'Костя Кузнецов', 'Соня Лебедева', 'Тимур Ахметов', 'Вера Иванова'],
  subjects: ['Математика', 'Физика', 'Английский язык'],
  /** Of each subject, in the order of the subjects. */
  topics: [
    ['Квадратные уравнения', 'Проценты', 'Теорема Виета', 'Подобие треугольников', 'Функции и графики', 'Вероятность'],
    ['Законы Ньютона', 'Импульс', 'Работа и мощность', 'Давление', 'Тепловые явления'],
    ['Present Perfect', 'Conditionals', 'Articles', 'Reported speech', 'Reading: Treasure Island'],
  ],
  notes: [
    'Хорошо поработали, стало заметно увереннее.',
    'Стоит повторить формулы к следующему разу.',
    'Отличный урок!',
    'Разобрали ошибки из прошлой работы.',
  ],
  /** Somebody in Telegram whom nobody knows yet. */
  guest: 'Гость',
  signIns: { tutor: 'репетитор', student: 'ученица', parent: 'родитель', admin: 'владелица школы' },
}

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

/** The page of letters that a demo would have sent. */
export const mail = {
  title: 'Письма',
  explained: 'Здесь письма, которые отправила бы школа. Наружу ничего не уходит.',
  none: 'Писем ещё нет.',
  subject: 'Тема',
  from: 'От кого',
  to: 'Кому',
  at: 'Когда (UTC)',
  plain: 'Обычным текстом',
}
