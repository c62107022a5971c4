import type * as ru from '../ru/sign-in.ts'
import type { Translated } from '../translated.ts'

export const notices: Translated<typeof ru.notices> = {
  signed_in: {
    student: {
      title: 'A new device signed in',
      body: 'From: {{address}}. Browser: {{agent}}. If it was not you, change your password and sign out everywhere.',
    },
    parent: {
      title: 'A new device signed in',
      body: 'From: {{address}}. Browser: {{agent}}. If it was not you, change your password and sign out everywhere.',
    },
    tutor: {
      title: 'A new device signed in',
      body: 'From: {{address}}. Browser: {{agent}}. If it was not you, change your password and sign out everywhere.',
    },
  },
  telegram_linked: {
    student: { title: 'Telegram is linked', body: 'Notices will come there too. If it was not you, unlink it in your profile.' },
    parent: { title: 'Telegram is linked', body: 'Notices will come there too. If it was not you, unlink it in your profile.' },
    tutor: { title: 'Telegram is linked', body: 'Notices will come there too. If it was not you, unlink it in your profile.' },
  },
  password_changed: {
    student: {
      title: 'Your password was changed',
      body: 'You are signed out on other devices. If it was not you, press “Forgot your password?” on the sign-in page: a new link comes by e-mail.',
    },
    parent: {
      title: 'Your password was changed',
      body: 'You are signed out on other devices. If it was not you, press “Forgot your password?” on the sign-in page: a new link comes by e-mail.',
    },
    tutor: {
      title: 'Your password was changed',
      body: 'You are signed out on other devices. If it was not you, press “Forgot your password?” on the sign-in page: a new link comes by e-mail.',
    },
  },
  role_changed: {
    student: {
      title: 'A new role: {{role}}',
      body: 'The school has changed your role, so sign in again. If it is a mistake, tell the school.',
    },
    parent: {
      title: 'A new role: {{role}}',
      body: 'The school has changed your role, so sign in again. If it is a mistake, tell the school.',
    },
    tutor: {
      title: 'A new role: {{role}}',
      body: 'The school has changed your role, so sign in again. If it is a mistake, tell the school.',
    },
  },
}

export const commands: Translated<typeof ru.commands> = {
  start: { about: 'Begin', button: '▶️ Begin' },
}

export const bot: Translated<typeof ru.bot> = {
  stranger:
    'We have not met yet. Here are the schedule, reports and progress of those who learn with a tutor.\n\nAsk your school or tutor for an invitation link and open it, or send its code here.\n\nIf you already sign in on the page, link Telegram there, in your profile: {{url}}',
  start: {
    invited: '<b>{{school}}</b>\n{{invitedBy}} invites you. Done, {{name}}: everything is here now.',
    consent: 'Send notices about lessons here? You can change it in the settings.',
    yes: '✅ Yes, send them',
    no: 'No, thanks',
    consented: 'Good, notices will come here.',
    declined: 'Good, no notices will come here.',
    login:
      '<b>Sign-in to the page</b>\n⚠️ If somebody sent you this link, or somebody else wants to sign in, press No: otherwise they get in as “{{name}}”.\n\nBrowser: {{browser}}\nAddress: {{address}}\n\nIf the page is open before you, press the number that it shows.',
    link: '<b>Linking Telegram</b>\n⚠️ If somebody sent you this link, press No.\n\nLink this Telegram to the account “{{name}}”?\n\nBrowser: {{browser}}\nAddress: {{address}}',
    unknownBrowser: 'unknown',
    itsMe: '✅ Yes, it is me',
    notMe: '❌ No',
    loggedIn: 'Sign-in confirmed. Go back to the page.',
    linked: 'Telegram is linked. The bot is yours to use.',
    refused: 'Declined. Nobody will get in.',
    wrongNumber: 'It is another number, so the sign-in is declined. Start again on the sign-in page.',
  },
}

export const web: Translated<typeof ru.web> = {
  signIn: 'Sign in',
  signInDo: 'Sign in',
  signOut: 'Sign out',
  signOutEverywhere: 'Sign out on every device',
  email: 'E-mail',
  password: 'Password',
  passwordHint: 'At least 10 characters',
  newPassword: 'New password',
  setPassword: 'Set the password',
  passwordSet: 'The password is set. You can sign in now.',
  forgot: 'Forgot your password?',
  forgotSend: 'Send a link',
  forgotSent: 'If we know this e-mail, a link is on its way. It works for an hour.',
  forgotNoMail:
    'Mail is not set up here, so no link can be sent. If Telegram is linked, sign in with it. If not, tell the school: a new password can be set once it has set mail up.',
  haveCode: 'I have an invitation code',
  code: 'Invitation code',
  accept: 'Accept the invitation',
  acceptTitle: 'You are invited to a school',
  withoutAccount: 'For small children: enter without an e-mail, on this device alone',
  teachesMyself: 'I give lessons myself',
  teachesMyselfHint: 'You run the school and plan lessons of your own. You can change this later under Students.',
  firstSchool: 'Your first school',
  firstSchoolDo: 'Make the school',
  yourName: 'Your name',
  yourNameHint: 'The school does not know it yet.',
  noLink: 'This link has no code in it. Open the whole link from the letter or message.',
  or: 'or',
  byTelegram: 'Sign in with Telegram',
  byTelegramAbout: "Open the link in Telegram on this device, or point a phone's camera at it, and press this number in the chat.",
  loginNumber: 'Number: {{number}}',
  openTelegram: 'Open Telegram',
  qrTelegram: 'QR code of the link to Telegram',
  waitingForTelegram: 'Waiting for the confirmation in Telegram',
  tryAgain: 'Try again',
  passwordAgain: 'Password once more',
  passwordAgainAbout: 'You signed in a while ago. The password keeps others who use this device from changing how you sign in.',
  telegramStays: 'Telegram stays linked: without an e-mail there is no other way to sign in.',
  signOutEverywhereAbout: 'You will be signed out on every device, this one too.',
  unlinkTelegramToo: 'Unlink Telegram too',
  unlinkTelegramTooHint: 'Otherwise the chat can still sign in. If it is somebody else’s chat, unlink it.',
  unknownBrowser: 'Unknown browser',
  showPassword: 'Show the password',
  codeHint: 'Letters and digits of the invitation, in any case',
  backToSignIn: 'Back to sign-in',
  firstSchoolAbout: 'A minute, and lessons can be planned. All of this can be changed later.',
  confirmTitle: 'Confirm your address',
  confirmAbout: 'The address {{email}} will be confirmed: notices will come there.',
  confirmDo: 'Confirm the address',
  nothingToConfirm: 'Nothing to confirm: the address is confirmed already.',
  emailConfirmed: 'The address is confirmed',
  unconfirmed: 'The address {{email}} is not confirmed. The link for that is in a letter.',
  sendAgain: 'Send again',
  confirmSent: 'The letter is sent',
  invitedBy: 'Invited by',
  invitedChildren: 'Children',
  codeNext: 'Next',
  acceptAbout: 'Choose how you will sign in. An invitation is good once.',
}

export const failures: Translated<typeof ru.failures> = {
  wrong_credentials: 'The e-mail or the password is wrong. Check both, or ask for a link to set a new password.',
  weak_password:
    'This password is easy to guess: it is well known, from neighbouring keys, or from the name and e-mail. Four random words will do, for example.',
  password_needed: 'The password is needed for this.',
  telegram_linked_already: 'Another Telegram is linked already. Unlink it first.',
  session_over: 'This sign-in has ended. Sign in again.',
  link_not_valid: 'This link or code is used, expired or mistyped. Ask for a new one.',
  telegram_not_linked: 'This Telegram account is not linked to anybody here. Open your invitation, or link Telegram in your profile.',
  telegram_taken: 'This Telegram account already belongs to somebody here. Release it there first, or use another.',
  no_bot: 'There is no Telegram bot here. Sign in by e-mail and password.',
  no_other_sign_in: 'Telegram is the only way you sign in. Without it nothing would let you in.',
  not_confirmed_yet: 'Not confirmed yet: press the number in the chat with the bot.',
}

export const letters: Translated<typeof ru.letters> = {
  confirmEmail: {
    subject: 'Confirm your address for RepitBot',
    body: 'This address was given to sign in to RepitBot. To confirm it, open the link below this text where you are signed in. It works for 7 days.\nIf somebody else gave the address, do nothing: no more letters will come.',
    open: 'Confirm the address',
  },
  passwordLink: {
    subject: 'A new password for RepitBot',
    body: 'To set a new password, open the link below this text.\nIt works for {minutes} minutes and only once. If you did not ask for it, do nothing: your password stays as it is.',
    open: 'Set a new password',
  },
}
