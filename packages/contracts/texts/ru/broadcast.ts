/** Notices, by code and by audience: «ты» to students, «вы» to parents and tutors. */
export const notices = {
  broadcast: {
    student: { title: 'Сообщение: {{from}}', body: '{{text}}' },
    parent: { title: 'Сообщение: {{from}}', body: '{{text}}' },
    tutor: { title: 'Сообщение: {{from}}', body: '{{text}}' },
  },
}

export const web = {
  broadcasts: 'Рассылки',
  broadcastNew: 'Написать',
  noBroadcasts: 'Отсюда можно написать сразу всем: каникулы, переезд, важная дата. Перед отправкой видно, как это прочтут.',
  broadcastReport: 'Как дошло',
  broadcastText: 'Сообщение',
  broadcastSent: 'Сообщение отправлено',
  toWhom: 'Кому',
  toWhomSchool: 'Всей школе',
  toWhomOwn: 'Вашим ученикам и их родителям',
  preview: 'Посмотреть перед отправкой',
  changeText: 'Изменить',
  leftOf: 'Осталось знаков: {{left}}',
  sendTo_one: 'Отправить: {{count}} получатель',
  sendTo_few: 'Отправить: {{count}} получателя',
  sendTo_many: 'Отправить: {{count}} получателей',
  recipients_one: '{{count}} получатель',
  recipients_few: '{{count}} получателя',
  recipients_many: '{{count}} получателей',
  byChannel: 'Telegram: {{telegram}}, e-mail: {{email}}, только во входящих: {{inboxOnly}}',
  notJoinedWillNotRead_one: '{{count}} человек ещё не с нами и не прочтёт.',
  notJoinedWillNotRead_few: '{{count}} человека ещё не с нами и не прочтут.',
  notJoinedWillNotRead_many: '{{count}} человек ещё не с нами и не прочтут.',
  inviteThem: 'Пригласить',
  inRussian: 'По-русски',
  inEnglish: 'По-английски',
}
