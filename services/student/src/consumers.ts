import type { Consumers } from '@repitbot/contracts/events'
import { hearCards } from './flows/hear-cards.ts'
import { hearLessons } from './flows/hear-lessons.ts'
import type { Inside } from './inside.ts'
import { reported, takenBackAll } from './rules/heard.ts'

export const consumers = (inside: Inside): Consumers => ({
  'user.created': (batch) => hearCards(inside, batch),
  'user.updated': (batch) => hearCards(inside, batch),
  'lesson.completed': (batch) => hearLessons(inside, batch.map(reported)),
  'lesson.corrected': (batch) => hearLessons(inside, batch.map(reported)),
  'lesson.reopened': (batch) => hearLessons(inside, batch.map(takenBackAll)),
})
