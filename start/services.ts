import { botService } from '@repitbot/bot/service'
import type { ServiceName } from '@repitbot/contracts/services'
import { lessonService } from '@repitbot/lesson/service'
import { notificationService } from '@repitbot/notification/service'
import { studentService } from '@repitbot/student/service'
import { userService } from '@repitbot/user/service'

/** Every service of the register, in the order in which they open: first the one that signs tokens. */
export const services = {
  user: userService,
  lesson: lessonService,
  student: studentService,
  notification: notificationService,
  bot: botService,
} satisfies Record<ServiceName, { name: string }>
