export const web = {
  inbox: 'Входящие',
  inboxEmpty: 'Здесь появятся новости: занятия, отчёты и достижения.',
  readAll: 'Прочитать все',
  unreadMark: 'новое',
  inboxUnread: 'Входящие, непрочитанных: {{unread}}',
  unreadGroup: 'Непрочитанное',
  readMark: 'прочитано',
  markRead: 'Отметить прочитанным',
  older: 'Показать раньше',
  deliveryOf: 'Как доставлено: {{title}}',
  readHere: 'Прочитано здесь: {{when}}',
  notReadHere: 'Здесь ещё не прочитано',
  inboxOnly: 'Только во входящих: других каналов не было.',
  delivery_waiting: 'Ждёт отправки',
  delivery_sent: 'Отправлено',
  delivery_uncertain: 'Неизвестно, дошло ли',
  delivery_failed: 'Не отправилось',
  delivery_blocked: 'Канал закрыт получателем',
  delivery_expired: 'Устарело до отправки',
  delivery_notJoined: 'Ещё не с нами',
  delivery_inbox: 'Во входящих',
}

/** In place of a name that is not known yet. */
export const unknown = { child: 'Ваш ребёнок', student: 'Ученик' }

/** What the channels add to a notice. */
export const outward = {
  open: 'Открыть в RepitBot',
  whole: 'Читать целиком на странице',
  digest: 'Новые успехи',
  mailFooter: 'Письмо отправил RepitBot. Каналы и тихие часы настраиваются в профиле.',
  unsubscribe: 'Не присылать такие письма',
}
