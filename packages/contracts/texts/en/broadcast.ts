import type * as ru from '../ru/broadcast.ts'
import type { Translated } from '../translated.ts'

export const notices: Translated<typeof ru.notices> = {
  broadcast: {
    student: { title: 'A message from {{from}}', body: '{{text}}' },
    parent: { title: 'A message from {{from}}', body: '{{text}}' },
    tutor: { title: 'A message from {{from}}', body: '{{text}}' },
  },
}

export const web: Translated<typeof ru.web> = {
  broadcasts: 'Messages to many',
  broadcastNew: 'Write',
  noBroadcasts: 'Write to everybody at once from here: holidays, a new address, a date to keep. You see how it reads before it goes.',
  broadcastReport: 'How it arrived',
  broadcastText: 'Message',
  broadcastSent: 'The message is sent',
  toWhom: 'To whom',
  toWhomSchool: 'In the whole school',
  toWhomOwn: 'Of your own students',
  preview: 'Look before sending',
  changeText: 'Change',
  leftOf: 'Characters left: {{left}}',
  sendTo_one: 'Send to {{count}} person',
  sendTo_other: 'Send to {{count}} people',
  recipients_one: '{{count}} recipient',
  recipients_other: '{{count}} recipients',
  byChannel: 'Telegram: {{telegram}}, e-mail: {{email}}, inbox only: {{inboxOnly}}',
  notJoinedWillNotRead_one: '{{count}} person has not joined yet and will not read it.',
  notJoinedWillNotRead_other: '{{count}} people have not joined yet and will not read it.',
  inviteThem: 'Invite them',
  inRussian: 'In Russian',
  inEnglish: 'In English',
}
