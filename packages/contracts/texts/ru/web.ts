import * as broadcast from './broadcast.ts'
import * as family from './family.ts'
import * as frame from './frame.ts'
import * as inbox from './inbox.ts'
import * as lesson from './lesson.ts'
import * as people from './people.ts'
import * as planning from './planning.ts'
import * as progress from './progress.ts'
import * as report from './report.ts'
import * as schedule from './schedule.ts'
import * as settings from './settings.ts'
import * as signIn from './sign-in.ts'
import * as undo from './undo.ts'

/** What the page says, of every topic. A pupil reads `<word>_pupil` where it stands beside the word. */
export const web = {
  ...schedule.web,
  ...report.web,
  ...planning.web,
  ...lesson.web,
  ...undo.web,
  ...people.web,
  ...family.web,
  ...progress.web,
  ...settings.web,
  ...broadcast.web,
  ...inbox.web,
  ...frame.web,
  ...signIn.web,
}
