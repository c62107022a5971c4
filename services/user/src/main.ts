import { run } from '@repitbot/kit/run'
import { userHouse } from './house.ts'

await run(userHouse)
