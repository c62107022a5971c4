import type * as ru from '../ru/bot.ts'
import type { Translated } from '../translated.ts'
import * as family from './family.ts'
import * as frame from './frame.ts'
import * as lesson from './lesson.ts'
import * as people from './people.ts'
import * as planning from './planning.ts'
import * as progress from './progress.ts'
import * as report from './report.ts'
import * as schedule from './schedule.ts'
import * as settings from './settings.ts'
import * as signIn from './sign-in.ts'

/** In the order in which the commands are shown. */
export const commands = {
  ...schedule.commands,
  ...report.commands,
  ...planning.commands,
  ...people.commands,
  ...family.commands,
  ...progress.commands,
  ...settings.commands,
  ...frame.commands,
  ...signIn.commands,
} satisfies Translated<typeof ru.commands>

/** What the bot says, of every topic. */
export const bot = {
  commands,
  ...schedule.bot,
  ...report.bot,
  ...planning.bot,
  ...lesson.bot,
  ...people.bot,
  ...family.bot,
  ...progress.bot,
  ...settings.bot,
  ...frame.bot,
  ...signIn.bot,
} satisfies Translated<typeof ru.bot>
