/** Achievements as people read them: what they are called, and how they are earned. */
export const achievements = {
  first_lesson: { title: 'Первый шаг', how: 'Побывай на первом занятии' },
  student_10: { title: 'Ученик', how: 'Побывай на 10 занятиях' },
  expert_50: { title: 'Знаток', how: 'Побывай на 50 занятиях' },
  master_100: { title: 'Мастер', how: 'Побывай на 100 занятиях' },
  active_50h: { title: 'Активный ученик', how: 'Позанимайся 50 часов' },
  hours_250: { title: 'Марафонец', how: 'Позанимайся 250 часов' },
  week_7: { title: 'Неделя подряд', how: 'Занимайся 7 дней подряд' },
  iron_30: { title: 'Железная дисциплина', how: 'Занимайся 30 дней подряд' },
  streak_100: { title: 'Сто дней', how: 'Занимайся 100 дней подряд' },
  weeks_4: { title: 'Месяц в ритме', how: 'Проведи 4 недели занятий без пропусков' },
  weeks_12: { title: 'Четверть без сбоев', how: 'Проведи 12 недель занятий без пропусков' },
  weeks_36: { title: 'Учебный год', how: 'Проведи 36 недель занятий без пропусков' },
  level_5: { title: 'Разгон', how: 'Достигни 5 уровня' },
  advanced_10: { title: 'Продвинутый', how: 'Достигни 10 уровня' },
  level_25: { title: 'Эксперт', how: 'Достигни 25 уровня' },
  legend_50: { title: 'Легенда', how: 'Достигни 50 уровня' },
  growth: { title: 'Рывок', how: 'Подними средний результат десяти занятий на 15 баллов по сравнению с предыдущими десятью' },
  no_miss_20: { title: 'Без пропусков', how: 'Побывай на 20 занятиях подряд без пропусков' },
  perfect_month: { title: 'Идеальный месяц', how: 'Проведи месяц без пропусков: от 4 занятий' },
  polymath_3: { title: 'Многогранный', how: 'Побывай на 5 занятиях по каждому из трёх предметов' },
  comeback: { title: 'С возвращением', how: 'Вернись после долгого перерыва: 3 занятия за две недели' },
  year_1: { title: 'Годовщина', how: 'Занимайся год: 365 дней с первого занятия и не меньше 30 занятий' },
}
export type AchievementCode = keyof typeof achievements

export const rarities = { common: 'Обычное', rare: 'Редкое', epic: 'Эпическое', legendary: 'Легендарное' }

/** Why a row stands in the XP history. */
export const xpReasons = {
  lesson: 'Занятие',
  correction: 'Исправлен отчёт о занятии',
  recount: 'Пересчёт дня: пришёл отчёт о более раннем занятии',
  daily_cap: 'Дневной предел опыта достигнут',
  daily_lessons: 'За день засчитываются первые четыре занятия',
  achievement: 'Достижение',
}

export const dayKinds = {
  active: 'Занятие было',
  frozen: 'Заморозка',
  paused: 'Пауза',
  repaired: 'Счёт дней восстановлен',
  missed: 'Без занятий',
  open: 'День ещё идёт',
}
