import type { mail as ru } from '../ru/mail.ts'

export const mail: typeof ru = {
  title: 'Mail',
  explained: 'Letters that the school would have sent. Nothing leaves this machine.',
  none: 'No letters yet.',
  subject: 'Subject',
  from: 'From',
  to: 'To',
  at: 'When (UTC)',
  plain: 'As plain text',
}
