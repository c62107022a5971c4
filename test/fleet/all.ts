import type { Migrated } from '@repitbot/kit/migrations'
import { lessonService } from '@repitbot/lesson/service'
import { notificationService } from '@repitbot/notification/service'
import { studentService } from '@repitbot/student/service'
import { userService } from '@repitbot/user/service'

export const services: Migrated[] = [userService, lessonService, studentService, notificationService]
