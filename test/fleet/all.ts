import type { Migrated } from '@repitbot/kit/migrations'
import { lessonHouse } from '@repitbot/lesson/house'
import { notificationHouse } from '@repitbot/notification/house'
import { studentHouse } from '@repitbot/student/house'
import { userHouse } from '@repitbot/user/house'

export const houses: Migrated[] = [userHouse, lessonHouse, studentHouse, notificationHouse]
