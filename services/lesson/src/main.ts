import { run } from '@repitbot/kit/run'
import { lessonHouse } from './house.ts'

await run(lessonHouse)
