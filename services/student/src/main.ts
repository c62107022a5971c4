import { run } from '@repitbot/kit/run'
import { studentService } from './service.ts'

await run(studentService)
