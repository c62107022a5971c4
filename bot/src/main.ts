import { run } from '@repitbot/kit/run'
import { botService } from './service.ts'

await run(botService)
