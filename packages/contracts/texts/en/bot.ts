import type { emulator as ru } from '../ru/bot.ts'

export const emulator: typeof ru = {
  title: 'Telegram for show',
  chats: 'Chats',
  explained: 'Here you can write to the bot as each of these people. No real Telegram is needed, and nothing leaves this machine.',
  chatOf: 'Chat: {{name}}',
  message: 'Message',
  send: 'Send',
  start: 'Start',
  block: 'Block the bot',
  unblock: 'Unblock the bot',
  refresh: 'Refresh',
}
