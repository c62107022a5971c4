import type * as ru from '../ru/progress.ts'
import type { Translated } from '../translated.ts'

export const notices: Translated<typeof ru.notices> = {
  level_up: {
    student: { title: 'You reached level {{to}}', body: 'Keep it up!' },
    parent: { title: '{{student}}: new level', body: 'It is level {{to}} now. Celebrate together!' },
  },
  achievement_earned: {
    student: { title: 'You earned an achievement: “{{achievement}}”', body: '{{rarity}} achievement. Reward: {{rewardXp}} XP.' },
    parent: { title: '{{student}}: new achievement “{{achievement}}”', body: '{{rarity}} achievement. Celebrate together!' },
  },
  streak_reached: {
    student: {
      title_one: '{{count}} day of lessons in a row',
      title_other: '{{count}} days of lessons in a row',
      body: 'What a rhythm!',
    },
  },
  streak_at_risk: {
    student: {
      title_one: 'Your streak is {{count}} day long',
      title_other: 'Your streak is {{count}} days long',
      body: 'Today can still join it: one lesson is enough. And if today is for rest, that is fine too.',
    },
  },
  streak_frozen: {
    student: {
      title: 'A freeze kept your streak',
      body_one: 'The day without lessons ({{day}}) does not count: your streak stays at {{count}} day.',
      body_other: 'The day without lessons ({{day}}) does not count: your streak stays at {{count}} days.',
    },
  },
}

export const lines: Translated<typeof ru.lines> = {
  freezes_one: '{{count}} freeze left',
  freezes_other: '{{count}} freezes left',
}

export const commands: Translated<typeof ru.commands> = {
  progress: { about: 'Level, XP and achievements', button: '🏆 Progress' },
}

export const bot: Translated<typeof ru.bot> = {
  progress: {
    title: '<b>{{name}}</b>',
    level: 'Level {{level}}',
    bar: '{{bar}} {{xp}} / {{next}}',
    top: 'This is the top level, and XP still grows: {{xp}} XP',
    streak_one: '🔥 {{count}} day in a row, the best: {{best}}',
    streak_other: '🔥 {{count}} days in a row, the best: {{best}}',
    weeks_one: '📈 {{count}} week without a miss',
    weeks_other: '📈 {{count}} weeks without a miss',
    earned: '🏅 Achievements: {{count}}',
    near: 'Nearest:',
    goal: '{{bar}} {{title}}: {{how}}',
    off: 'The game is off. Lessons and reports are in the schedule.',
    offParent: 'The game is off. Lessons and reports are in the schedule.',
  },
}

export const web: Translated<typeof ru.web> = {
  progress: 'Progress',
  pauses: 'Holidays and illness',
  pause: 'Set a pause',
  pauseAbout: 'A pause keeps the streak. Lessons are called off separately, in the schedule.',
  pauseFrom: 'First day',
  pauseUntil: 'Last day',
  pauseSet: 'The pause is set',
  level: 'Level {{level}}',
  levelPercent: '{{percent}} % of the level done',
  xpToGo: '{{xp}} XP to the next level',
  lastLevel: 'This is the last level!',
  xpTotal: '{{xp}} XP in all',
  xpOfLevel: '{{xp}} of {{of}} XP of the level, {{total}} XP in all',
  streak_one: '{{count}} day in a row',
  streak_other: '{{count}} days in a row',
  bestStreak_one: 'Best: {{count}} day',
  bestStreak_other: 'Best: {{count}} days',
  weekStreakNone: 'A week without a miss counts once it is over',
  weekStreak_one: '{{count}} week without a miss',
  weekStreak_other: '{{count}} weeks without a miss',
  freezes_one: '{{count}} freeze',
  freezes_other: '{{count}} freezes',
  achievements: 'Achievements',
  earnedOf: '{{earned}} of {{all}}',
  allAchievements: 'Show all {{count}}',
  towards: 'Progress: {{title}}',
  earnedOn: 'Earned {{when}}',
  newLevel: 'New level: {{level}}!',
  newAchievement: 'New achievement: {{title}}',
  history: 'Last XP',
  noXp: 'XP will appear after the first lesson.',
  gameOff: 'Levels and achievements are hidden. XP still adds up, nothing is lost.',
  showGame: 'Show levels and achievements',
  showGameAbout: 'XP adds up in any case. Learning works without a game, too.',
}

export const failures: Translated<typeof ru.failures> = {
  pause_ends_before_it_begins: 'The pause ends before it begins.',
  pause_too_long: 'A pause lasts 30 days at most. Split it in two.',
  pause_too_far_back: 'A pause can begin two days ago at the earliest.',
  pause_too_far_ahead: 'A pause can be set a year ahead at most.',
}
