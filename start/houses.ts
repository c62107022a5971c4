import { botHouse } from '@repitbot/bot/house'
import { lessonHouse } from '@repitbot/lesson/house'
import { notificationHouse } from '@repitbot/notification/house'
import { studentHouse } from '@repitbot/student/house'
import { userHouse } from '@repitbot/user/house'

/** Every house of the platform, in the order they open: who signs tokens first. */
export const houses = { user: userHouse, lesson: lessonHouse, student: studentHouse, notification: notificationHouse, bot: botHouse }
