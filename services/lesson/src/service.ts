import { familyLessonApi } from '@repitbot/contracts/family-lesson'
import { lessonApi } from '@repitbot/contracts/lesson'
import { lessonPolicyApi } from '@repitbot/contracts/lesson-policy'
import { seriesApi } from '@repitbot/contracts/series'
import { implement, service } from '@repitbot/kit/service'
import { lessons } from '../migrations/0001-lessons.ts'
import { formers } from '../migrations/0002-formers.ts'
import { makeUps } from '../migrations/0003-make-ups.ts'
import { policyVersions } from '../migrations/0004-policy-versions.ts'
import { sealedNotes } from '../migrations/0005-sealed-notes.ts'
import { Config } from './config.ts'
import { consumers } from './consumers.ts'
import { open } from './deps.ts'
import { jobs } from './jobs.ts'
import { familyRoutes, lessonRoutes, policyRoutes, seriesRoutes } from './routes.ts'

export const lessonService = service({
  name: 'lesson',
  config: Config,
  migrations: [lessons, formers, makeUps, policyVersions, sealedNotes],
  persons: true,
  open,
  apis: [
    implement(lessonApi, lessonRoutes),
    implement(familyLessonApi, familyRoutes),
    implement(lessonPolicyApi, policyRoutes),
    implement(seriesApi, seriesRoutes),
  ],
  consumes: consumers,
  jobs,
})
