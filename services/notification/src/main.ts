import { run } from '@repitbot/kit/run'
import { notificationService } from './service.ts'

await run(notificationService)
