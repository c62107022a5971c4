import type * as ru from '../ru/student.ts'
import type { Translated } from '../translated.ts'

export const achievements: Translated<typeof ru.achievements> = {
  first_lesson: { title: 'First step', how: 'Attend your first lesson' },
  student_10: { title: 'Student', how: 'Attend 10 lessons' },
  expert_50: { title: 'Expert', how: 'Attend 50 lessons' },
  master_100: { title: 'Master', how: 'Attend 100 lessons' },
  active_50h: { title: 'Active student', how: 'Study for 50 hours' },
  hours_250: { title: 'Marathon', how: 'Study for 250 hours' },
  week_7: { title: 'A week in a row', how: 'Study 7 days in a row' },
  iron_30: { title: 'Iron discipline', how: 'Study 30 days in a row' },
  streak_100: { title: 'A hundred days', how: 'Study 100 days in a row' },
  weeks_4: { title: 'A month in rhythm', how: 'Spend 4 weeks of lessons without missing one' },
  weeks_12: { title: 'A steady term', how: 'Spend 12 weeks of lessons without missing one' },
  weeks_36: { title: 'School year', how: 'Spend 36 weeks of lessons without missing one' },
  level_5: { title: 'Speeding up', how: 'Reach level 5' },
  advanced_10: { title: 'Advanced', how: 'Reach level 10' },
  level_25: { title: 'Specialist', how: 'Reach level 25' },
  legend_50: { title: 'Legend', how: 'Reach level 50' },
  growth: { title: 'Leap', how: 'Raise the average of ten graded lessons by 15 points over the ten before' },
  no_miss_20: { title: 'Never missed', how: 'Attend 20 lessons in a row without missing one' },
  perfect_month: { title: 'Perfect month', how: 'Spend a month without missing a lesson: 4 or more' },
  polymath_3: { title: 'Many-sided', how: 'Attend 5 lessons in each of three subjects' },
  comeback: { title: 'Welcome back', how: 'Come back after a long break: 3 lessons in two weeks' },
  year_1: { title: 'Anniversary', how: 'Study for a year: 365 days since the first lesson and 30 lessons or more' },
}

export const rarities: Translated<typeof ru.rarities> = { common: 'Common', rare: 'Rare', epic: 'Epic', legendary: 'Legendary' }

export const xpReasons: Translated<typeof ru.xpReasons> = {
  lesson: 'Lesson',
  correction: 'A lesson report was corrected',
  recount: 'The day was counted again: a report of an earlier lesson came in',
  daily_cap: 'The most XP of a day is reached',
  daily_lessons: 'The first four lessons of a day count',
  achievement: 'Achievement',
}

export const dayKinds: Translated<typeof ru.dayKinds> = {
  active: 'Studied',
  frozen: 'Frozen',
  paused: 'Paused',
  repaired: 'Streak restored',
  missed: 'Nothing done',
  open: 'The day is still open',
}
