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
}
