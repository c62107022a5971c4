import type { FailureCode } from '../../failures.ts'
import * as frame from './frame.ts'
import * as lesson from './lesson.ts'
import * as people from './people.ts'
import * as planning from './planning.ts'
import * as progress from './progress.ts'
import * as report from './report.ts'
import * as settings from './settings.ts'
import * as signIn from './sign-in.ts'

/** What people read when something is refused, of every topic. */
export const failures = {
  ...report.failures,
  ...planning.failures,
  ...lesson.failures,
  ...people.failures,
  ...progress.failures,
  ...settings.failures,
  ...frame.failures,
  ...signIn.failures,
} satisfies Record<FailureCode, string>
