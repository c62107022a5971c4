import { run } from '@repitbot/kit/run'
import { botHouse } from './house.ts'

await run(botHouse)
