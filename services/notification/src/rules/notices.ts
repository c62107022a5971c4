import type { NoticeCode } from '@repitbot/contracts/texts/ru/notification'
import type { AnyNotice, NoticeTable } from './notice.ts'
import { channelNotices } from './notices/channels.ts'
import { clearedNotices } from './notices/cleared.ts'
import { joinNotices } from './notices/joins.ts'
import { lessonNotices } from './notices/lesson.ts'
import { progressNotices } from './notices/progress.ts'
import { reportNotices } from './notices/report.ts'
import { scheduleNotices } from './notices/schedule.ts'
import { securityNotices } from './notices/security.ts'

/** Every notice: after which event or how long before a lesson it is made, and for whom. The texts are in contracts/texts. */
export const notices = {
  ...lessonNotices,
  ...clearedNotices,
  ...reportNotices,
  ...scheduleNotices,
  ...progressNotices,
  ...securityNotices,
  ...joinNotices,
  ...channelNotices,
} satisfies NoticeTable

const rows: Record<NoticeCode, AnyNotice> = notices
/** A row whose code has no texts does not compile here. */
export const noticeRows: [NoticeCode, AnyNotice][] = Object.entries(rows) as [keyof typeof notices, AnyNotice][]
export const isNoticeCode = (code: string): code is NoticeCode => Object.hasOwn(notices, code)
export const rowOf = (code: NoticeCode): AnyNotice => rows[code]
/** The row of a stored notice; none when a newer version of this service has made it. */
export const findRow = (code: string): AnyNotice | undefined => (isNoticeCode(code) ? rows[code] : undefined)
