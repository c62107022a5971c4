import { run } from '@repitbot/kit/run'
import { notificationHouse } from './house.ts'

await run(notificationHouse)
