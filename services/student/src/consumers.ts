import type { Consumers, EventName } from '@repitbot/contracts/events'
import type { Deps } from './deps.ts'
import { consumeCards } from './flows/consume-cards.ts'
import { consumeLessons } from './flows/consume-lessons.ts'
import { reportsOf, reportsTakenBack } from './rules/lesson-reports.ts'

/** The order within a batch: the cards of people come before the lessons that name them. */
export const order: readonly EventName[] = ['user.created', 'user.updated', 'lesson.completed', 'lesson.corrected', 'lesson.reopened']

export const consumers = (deps: Deps): Consumers => ({
  'user.created': (batch) => consumeCards(deps, batch),
  'user.updated': (batch) => consumeCards(deps, batch),
  'lesson.completed': (batch) => consumeLessons(deps, batch.map(reportsOf)),
  'lesson.corrected': (batch) => consumeLessons(deps, batch.map(reportsOf)),
  'lesson.reopened': (batch) => consumeLessons(deps, batch.map(reportsTakenBack)),
})
