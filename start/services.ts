import { botService } from '@repitbot/bot/service'
import { lessonService } from '@repitbot/lesson/service'
import { notificationService } from '@repitbot/notification/service'
import { studentService } from '@repitbot/student/service'
import { userService } from '@repitbot/user/service'

/** Every service of the platform, in the order they open: who signs tokens first. */
export const services = {
  user: userService,
  lesson: lessonService,
  student: studentService,
  notification: notificationService,
  bot: botService,
}
