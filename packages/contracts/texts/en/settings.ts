import type * as ru from '../ru/settings.ts'
import type { Translated } from '../translated.ts'

export const notices: Translated<typeof ru.notices> = {
  channel_blocked: {
    tutor: {
      title: '{{person}}: messages do not arrive',
      body: 'The recipient has closed the channel {{channel}}. Another is used if there is one; better call about what matters.',
    },
  },
  channel_test: {
    student: { title: 'A test message', body: 'You are reading this, so the channel works.' },
    parent: { title: 'A test message', body: 'You are reading this, so the channel works.' },
    tutor: { title: 'A test message', body: 'You are reading this, so the channel works.' },
  },
}

export const commands: Translated<typeof ru.commands> = {
  settings: { about: 'Language, zone, channels, quiet hours', button: '⚙️ Settings' },
  language: { about: 'Language', button: '🌐 Language' },
  privacy: { about: 'What the bot knows and keeps', button: '🔒 Privacy' },
}

export const bot: Translated<typeof ru.bot> = {
  privacy:
    '<b>What the bot keeps</b>\nThe number of your Telegram account: the bot knows you by it.\nMessages to the bot: 24 hours, so that nothing is lost or done twice; then they are deleted. A message that broke the bot stays for up to 30 days, so that this can be mended.\nWhat was begun and not finished: 24 hours.\n\n<b>What the bot does not do</b>\nIt does not read groups, except what is said to it. It shows no grades or lessons in groups. It gives your number to nobody.\n\nLessons, reports and progress are kept by the school: only you, your family, the tutor and the admin of the school see them. Telegram can be unlinked in the settings.',
  settings: {
    title: '<b>Settings</b>',
    language: '🌐 Language: English',
    zone: '🕒 Zone: {{zone}}',
    askZone: 'Choose your time zone or write it, such as Europe/Moscow.',
    channels: 'Notices, beside the inbox on the page:',
    telegramOn: '🔔 Telegram: yes',
    telegramUsual: '🔔 Telegram: yes, by default',
    telegramOff: '🔕 Telegram: no',
    emailOn: '📧 E-mail: yes',
    emailOff: '📧 E-mail: no',
    quiet: '🌙 Quiet hours: {{from}}-{{until}}',
    quietOff: '🌙 Quiet hours: none',
    askQuiet: 'Only what is urgent comes in quiet hours. Choose or write them, such as 22:00-08:00.',
    without: 'No quiet hours',
    unlink: '🔓 Unlink Telegram',
    askUnlink: 'Unlink this Telegram from the account “{{name}}”? The bot will no longer know you.',
    unlinkYes: '🔓 Yes, unlink',
    unlinked: 'Telegram is unlinked. To come back, open an invitation or link it again in your profile on the page.',
    saved: 'Saved',
    quiet_form: 'Write it like 22:00-08:00.',
  },
  language: { title: 'Language', ru: 'Russian', en: 'English', saved: 'We speak English now.' },
}

export const web: Translated<typeof ru.web> = {
  settings: 'Settings',
  profile: 'Profile',
  languageLabel: 'Language',
  russian: 'Russian',
  english: 'English',
  zone: 'Time zone',
  noZone: 'Not found: try a country or a big city',
  zoneOfDevice: 'The time on this device: {{device}}. Times here are shown in {{own}}. Show them by the device?',
  zoneOfDeviceYes: 'Yes',
  zoneOfDeviceNo: 'No',
  zoneHint: 'All times on the page and in messages are shown in it.',
  saved: 'Saved',
  channels: 'Where to send',
  channelsAbout: 'Everything stays in the inbox. A copy goes wherever it is switched on.',
  channelsUsual: 'Nothing is chosen yet, so by default it is {{channel}}.',
  channelsNone: 'Nothing is switched on now: the inbox alone.',
  channelNotConfigured: 'The school does not send here',
  channelBlocked: 'The bot is blocked in Telegram: messages do not arrive',
  channel_telegram: 'Telegram',
  channel_email: 'E-mail',
  channelUse: 'Send to: {{channel}}',
  noEmail: 'No address',
  telegramBound: 'Telegram is linked',
  telegramNotBound: 'Not linked',
  telegramLinkDo: 'Link Telegram',
  telegramLinkAbout: "Open the link in Telegram, or point a phone's camera at it, and confirm in the chat.",
  telegramLinkAbout_pupil: "Open the link in Telegram, or point a phone's camera at it, and confirm in the chat.",
  telegramUnlink: 'Unlink Telegram',
  telegramReleased: 'Telegram is unlinked',
  quietHours: 'Quiet hours',
  quietAbout: 'Only what is urgent comes then: a lesson called off or moved at short notice, a sign-in.',
  quietOn: 'Do not disturb',
  fromTime: 'From',
  untilTime: 'Until',
  preferences: 'Reminders',
  currentPassword: 'Current password',
  changePassword: 'Change the password',
  passwordChanged: 'The password is changed, other devices are signed out',
  sessions: 'Devices',
  usedAt: '{{when}}, address {{address}}',
  thisDevice: 'This device',
  endSession: 'Sign out there: {{device}}',
  school: 'School',
  noMail: 'Mail is not set up',
  noMailAbout:
    'No letters are sent: a forgotten password cannot be set anew, and notices are seen only in the inbox and in Telegram. SMTP_URL names the mail server.',
  schoolName: 'Name of the school',
  schoolNameHint: 'For a practice of your own, your name will do. Students and parents see it.',
  schoolLanguage: 'Language of the school',
  schoolLanguageHint: 'New people begin with it; everybody may choose another.',
  policy: 'Late cancellation',
  policyAbout: 'What a family pays for calling a lesson off late. The tutor may waive it.',
  noticeHours: 'Free when so many hours are left',
  lateCharge: 'Later it costs',
  noCharge: 'Nothing',
  agendaAt: 'The day ahead comes at',
  eveningAt: 'The day behind comes at',
  emptyIsNever: 'An empty time is never',
  streakRisk: 'Remind me in the evening when the streak may break (from 14 years)',
  digestAt: 'Levels and achievements come together at',
  testSend: 'Test: {{channel}}',
  testSent: 'A test message is on its way. Its delivery is seen in the inbox.',
}

export const failures: Translated<typeof ru.failures> = {
  no_such_channel: 'This channel cannot reach you: it has no address, or the school does not use it.',
}
