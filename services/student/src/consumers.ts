import type { Consumers } from '@repitbot/contracts/events'
import type { Deps } from './deps.ts'
import { hearCards } from './flows/hear-cards.ts'
import { hearLessons } from './flows/hear-lessons.ts'
import { reported, takenBackAll } from './rules/heard.ts'

export const consumers = (deps: Deps): Consumers => ({
  'user.created': (batch) => hearCards(deps, batch),
  'user.updated': (batch) => hearCards(deps, batch),
  'lesson.completed': (batch) => hearLessons(deps, batch.map(reported)),
  'lesson.corrected': (batch) => hearLessons(deps, batch.map(reported)),
  'lesson.reopened': (batch) => hearLessons(deps, batch.map(takenBackAll)),
})
