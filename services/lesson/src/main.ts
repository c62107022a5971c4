import { run } from '@repitbot/kit/run'
import { lessonService } from './service.ts'

await run(lessonService)
