import type * as ru from '../ru/demo.ts'
import type { Translated } from '../translated.ts'

export const demo: Translated<typeof ru.demo> = {
  school: 'Azimuth School',
  admin: 'Olga Sokolova',
  tutor: 'Anna Orlova',
  parents: ['Helen Smirnova', 'Igor Kuznetsov', 'Marina Lebedeva'],
  students: ['Masha Smirnova', 'Peter Smirnov', 'Kostya Kuznetsov', 'Sonia Lebedeva', 'Timur Akhmetov', 'Vera Ivanova'],
  subjects: ['Mathematics', 'Physics', 'English'],
  topics: [
    ['Quadratic equations', 'Percentages', 'Vieta’s formulas', 'Similar triangles', 'Functions and graphs', 'Probability'],
    ['Newton’s laws', 'Momentum', 'Work and power', 'Pressure', 'Heat'],
    ['Present Perfect', 'Conditionals', 'Articles', 'Reported speech', 'Reading: Treasure Island'],
  ],
  notes: [
    'Good work, noticeably more confident.',
    'The formulas are worth repeating before next time.',
    'An excellent lesson!',
    'We went through the mistakes of the last test.',
  ],
  guest: 'Guest',
  signIns: { tutor: 'tutor', student: 'student', parent: 'parent', admin: 'school owner' },
}

export const emulator: Translated<typeof ru.emulator> = {
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
  whoOpens: 'Who opens this link?',
}

export const mail: Translated<typeof ru.mail> = {
  title: 'Mail',
  explained: 'Letters that the school would have sent. Nothing leaves this machine.',
  none: 'No letters yet.',
  subject: 'Subject',
  from: 'From',
  to: 'To',
  at: 'When (UTC)',
  plain: 'As plain text',
}
