/** Notices, by code and by audience: «ты» to students, «вы» to parents and tutors. */
export const notices = {
  level_up: {
    student: { title: 'У тебя новый уровень: {{to}}', body: 'Так держать!' },
    parent: { title: '{{student}}: новый уровень', body: 'Теперь это уровень {{to}}. Порадуйтесь вместе!' },
  },
  achievement_earned: {
    student: { title: 'У тебя новое достижение: «{{achievement}}»', body: '{{rarity}} достижение. Награда: {{rewardXp}} XP.' },
    parent: { title: '{{student}}: новое достижение «{{achievement}}»', body: '{{rarity}} достижение. Порадуйтесь вместе!' },
  },
  streak_reached: {
    student: {
      title_one: 'У тебя {{count}} день занятий подряд',
      title_few: 'У тебя {{count}} дня занятий подряд',
      title_many: 'У тебя {{count}} дней занятий подряд',
      body: 'Отличный ритм!',
    },
  },
  streak_at_risk: {
    student: {
      title_one: 'У тебя {{count}} день подряд',
      title_few: 'У тебя {{count}} дня подряд',
      title_many: 'У тебя {{count}} дней подряд',
      body: 'Сегодня счёт ещё можно продолжить: хватит одного занятия. А если сегодня отдых, это тоже хорошо.',
    },
  },
  streak_frozen: {
    student: {
      title: 'Заморозка сберегла твои дни подряд',
      body_one: 'День без занятий ({{day}}) не в счёт: по-прежнему {{count}} день подряд.',
      body_few: 'День без занятий ({{day}}) не в счёт: по-прежнему {{count}} дня подряд.',
      body_many: 'День без занятий ({{day}}) не в счёт: по-прежнему {{count}} дней подряд.',
    },
  },
}

/** Lines under a notice's body, each there only when it is known. */
export const lines = {
  freezes_one: 'В запасе {{count}} заморозка',
  freezes_few: 'В запасе {{count}} заморозки',
  freezes_many: 'В запасе {{count}} заморозок',
}

/** The bot's commands: what Telegram's menu says of each, and its button. */
export const commands = {
  progress: { about: 'Уровень, опыт и достижения', button: '🏆 Успехи' },
}

export const bot = {
  progress: {
    title: '<b>{{name}}</b>',
    level: 'Уровень {{level}}',
    bar: '{{bar}} {{xp}} / {{next}}',
    top: 'Это высший уровень, а опыт растёт дальше: {{xp}} XP',
    streak_one: '🔥 {{count}} день подряд, лучший счёт: {{best}}',
    streak_few: '🔥 {{count}} дня подряд, лучший счёт: {{best}}',
    streak_many: '🔥 {{count}} дней подряд, лучший счёт: {{best}}',
    weeks_one: '📈 {{count}} неделя без пропусков',
    weeks_few: '📈 {{count}} недели без пропусков',
    weeks_many: '📈 {{count}} недель без пропусков',
    earned: '🏅 Достижений: {{count}}',
    near: 'Ближе всего:',
    goal: '{{bar}} {{title}}: {{how}}',
    off: 'Игра выключена. Занятия и отчёты смотри в расписании.',
    offParent: 'Игра выключена. Занятия и отчёты есть в расписании.',
  },
}

export const web = {
  progress: 'Успехи',
  pauses: 'Каникулы и болезнь',
  pause: 'Поставить паузу',
  pauseAbout: 'На паузе счёт дней подряд не прерывается. Занятия отменяются отдельно, в расписании.',
  pauseFrom: 'Первый день',
  pauseUntil: 'Последний день',
  pauseSet: 'Пауза стоит',
  level: 'Уровень {{level}}',
  levelPercent: 'Уровень пройден на {{percent}} %',
  xpToGo: 'Ещё {{xp}} XP до следующего уровня',
  lastLevel: 'Это последний уровень!',
  xpTotal: 'Всего {{xp}} XP',
  xpOfLevel: '{{xp}} из {{of}} XP уровня, всего {{total}} XP',
  streak_one: '{{count}} день подряд',
  streak_few: '{{count}} дня подряд',
  streak_many: '{{count}} дней подряд',
  bestStreak_one: 'Лучший счёт: {{count}} день',
  bestStreak_few: 'Лучший счёт: {{count}} дня',
  bestStreak_many: 'Лучший счёт: {{count}} дней',
  weekStreakNone: 'Неделя без пропусков зачтётся, когда закончится',
  weekStreak_one: '{{count}} неделя без пропусков',
  weekStreak_few: '{{count}} недели без пропусков',
  weekStreak_many: '{{count}} недель без пропусков',
  freezes_one: '{{count}} заморозка',
  freezes_few: '{{count}} заморозки',
  freezes_many: '{{count}} заморозок',
  achievements: 'Достижения',
  earnedOf: '{{earned}} из {{all}}',
  allAchievements: 'Показать все: {{count}}',
  towards: 'Продвижение: {{title}}',
  earnedOn: 'Получено {{when}}',
  newLevel: 'Новый уровень: {{level}}!',
  newAchievement: 'Новое достижение: {{title}}',
  history: 'Последние XP',
  noXp: 'XP появятся после первого занятия.',
  gameOff: 'Уровни и достижения скрыты. XP всё равно копится, ничего не пропадёт.',
  showGame: 'Показывать уровни и достижения',
  showGameAbout: 'XP копится в любом случае. Учиться можно и без игры.',
}

export const failures = {
  pause_ends_before_it_begins: 'Пауза заканчивается раньше, чем начинается.',
  pause_too_long: 'Пауза длится не больше 30 дней. Её можно разделить на две.',
  pause_too_far_back: 'Паузу можно начать не раньше чем позавчера.',
  pause_too_far_ahead: 'Паузу можно поставить не дальше чем на год вперёд.',
}
