import type { letters as ru } from '../ru/user.ts'

export const letters: typeof ru = {
  passwordLink: {
    subject: 'A new password for RepitBot',
    body: 'To set a new password, open the link below this text.\nIt works for {minutes} minutes and only once. If you did not ask for it, do nothing: your password stays as it is.',
    open: 'Set a new password',
  },
}
