/** Notices, by code and by audience: «ты» to students, «вы» to parents and tutors. */
export const notices = {
  lesson_reminder_24h: {
    student: { title: 'Не забудь о занятии: {{subject}}', body: 'Начало: {{startsAt}}' },
    parent: { title: '{{student}}: скоро занятие', body: '{{subject}}. Начало: {{startsAt}}' },
  },
  lesson_reminder_1h: {
    student: { title: 'Через час занятие: {{subject}}', body: 'Начало: {{startsAt}}' },
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
}

/** Lines under a notice's body, each there only when it is known. */
export const lines = {
  video: 'Ссылка на занятие: {{videoUrl}}',
  agenda_lesson: '{{at}} {{subject}}: {{students}}',
  unreported_lesson: 'Не отмечено: {{at}} {{subject}}, {{students}}',
}

/** The bot's commands: what Telegram's menu says of each, and its button. */
export const commands = {
  today: { about: 'Занятия на сегодня', button: '📅 Сегодня' },
  week: { about: 'Занятия недели', button: '🗓 Неделя' },
  schedule: { about: 'Занятия на две недели вперёд', button: '🗓 Расписание' },
}

export const bot = {
  day: {
    title: '<b>{{day}}</b>',
    today: '<b>Сегодня, {{day}}</b>',
    empty: 'Занятий нет.',
    emptyTutor: 'Занятий нет. Запланируйте первое: /add_lesson',
    previous: '‹ {{day}}',
    next: '{{day}} ›',
  },
  week: {
    title: '<b>Неделя с {{day}}</b>',
    row: '{{day}}: {{lessons}}',
    lessons_one: '{{count}} занятие',
    lessons_few: '{{count}} занятия',
    lessons_many: '{{count}} занятий',
    none: 'свободно',
    coming: 'по серии: {{count}}',
  },
  schedule: {
    title: '<b>Расписание</b>',
    of: '<b>Расписание: {{name}}</b>',
    empty: 'В ближайшие две недели занятий нет.',
    all: 'Все дети',
    chosen: '• {{name}}',
  },
}

export const web = {
  today: 'Сегодня',
  noLessons: 'Сегодня занятий нет. Здесь появятся занятия дня: запланируйте первое.',
  schoolToday: 'Сегодня',
  schedule: 'Расписание',
  next: 'Дальше',
  freeToday: 'Сегодня занятий нет.',
  freeToday_pupil: 'Сегодня занятий нет: можно отдохнуть или повторить пройденное.',
  nextLessonTitle: 'Следующее занятие',
  noNextLesson: 'В ближайшие две недели занятий нет. Они появятся здесь, как только их запланируют.',
  week: 'Неделя',
  view: 'Вид',
  counters: 'Коротко о главном',
  toConfirm: 'ждут отчёта',
  lessonsToday_one: 'занятие сегодня',
  lessonsToday_few: 'занятия сегодня',
  lessonsToday_many: 'занятий сегодня',
  thisWeek: 'на неделе, {{hours}} ч',
  awaiting: 'Ждут отчёта',
  longUnreported: 'Давние, {{total}}',
  ahead: 'Впереди',
  past: 'Прошло',
  noPastLessons: 'За 30 дней занятий не было.',
  freeDay: 'свободно',
  inTime: 'через {{time}}',
  hoursShort_one: '{{count}} час',
  hoursShort_few: '{{count}} часа',
  hoursShort_many: '{{count}} часов',
  minShort_one: '{{count}} минуту',
  minShort_few: '{{count}} минуты',
  minShort_many: '{{count}} минут',
  lessonsCount_one: '{{count}} занятие',
  lessonsCount_few: '{{count}} занятия',
  lessonsCount_many: '{{count}} занятий',
  earlier: 'Раньше',
  later: 'Позже',
  allTutors: 'Все репетиторы',
  zoneDiffers: 'Время показано по вашему поясу: {{zone}}. Пояс школы: {{home}}.',
  freeSlot: 'Свободно',
  slotAt: 'Запланировать: {{when}}',
  heldAt_one: '{{when}}, {{count}} минута',
  heldAt_few: '{{when}}, {{count}} минуты',
  heldAt_many: '{{when}}, {{count}} минут',
  grabbed: 'Занятие взято. Стрелки переносят, Shift со стрелками меняет длительность, Enter ставит, Escape отпускает.',
  letGo: 'Занятие осталось на месте',
  cannotMove: 'Это занятие уже не переносят',
  weekKeys:
    'Клавиши: стрелки ходят по сетке и занятиям, Enter открывает или планирует, пробел берёт занятие; взятое стрелки переносят, Shift со стрелками вверх и вниз растягивает, Enter ставит, Escape отпускает.',
}
