import { run } from '@repitbot/kit/run'
import { studentHouse } from './house.ts'

await run(studentHouse)
