import { run } from '@repitbot/kit/run'
import { userService } from './service.ts'

await run(userService)
