import { studentApi } from '@repitbot/contracts/student'
import { implement, service } from '@repitbot/kit/service'
import { students } from '../migrations/0001-students.ts'
import { risk } from '../migrations/0002-risk.ts'
import { Config } from './config.ts'
import { consumers, order } from './consumers.ts'
import { open } from './deps.ts'
import { jobs } from './jobs.ts'
import { routes } from './routes.ts'

export const studentService = service({
  name: 'student',
  config: Config,
  persons: true,
  migrations: [students, risk],
  open,
  apis: [implement(studentApi, routes)],
  consumes: consumers,
  order,
  jobs,
})
