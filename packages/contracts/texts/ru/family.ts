/** The bot's commands: what Telegram's menu says of each, and its button. */
export const commands = {
  children: { about: 'Как дела у детей', button: '👧 Дети' },
}

export const bot = {
  children: {
    title: '<b>{{name}}</b>',
    empty: 'Здесь будут дети, когда школа свяжет их с вами.',
    next: 'Следующее занятие: {{when}}, {{subject}}',
    noNext: 'В ближайшие две недели занятий нет.',
    last: 'Последние занятия:',
    progress: '🏆 Успехи',
    schedule: '🗓 Расписание',
  },
}

export const web = {
  overview: 'Обзор',
  allChildren: 'Все дети',
  child: 'Ребёнок',
  attendanceMonth: 'Посещаемость за 30 дней',
  attendedOf: '{{there}} из {{all}} занятий',
  noChildren: 'Здесь будут дети, когда школа свяжет их с вами.',
}
