/** Of what is taken back: a move, a cancellation, a change of a whole series. */
export const notices = {
  lesson_as_before: {
    student: { title: 'Занятие снова в прежнее время: {{subject}}', body: 'Начало: {{startsAt}}.' },
    parent: { title: '{{student}}: занятие снова в прежнее время', body: '{{subject}}. Начало: {{startsAt}}.' },
    tutor: { title: '{{student}}: занятие снова в прежнее время', body: '{{subject}}. Начало: {{startsAt}}.' },
  },
  lesson_restored: {
    student: { title: 'Занятие всё-таки состоится: {{subject}}', body: 'Его вернули. Начало: {{startsAt}}.' },
    parent: {
      title: '{{student}}: занятие всё-таки состоится',
      body: '{{subject}}. Отмену вернули, за неё ничего не нужно платить. Начало: {{startsAt}}.',
    },
    tutor: { title: '{{student}}: занятие всё-таки состоится', body: '{{subject}}. Отмену вернули. Начало: {{startsAt}}.' },
  },
}

export const gathered = {
  lesson_as_before: {
    student: {
      title_one: 'Снова в прежнее время {{count}} занятие: {{subject}}',
      title_few: 'Снова в прежнее время {{count}} занятия: {{subject}}',
      title_many: 'Снова в прежнее время {{count}} занятий: {{subject}}',
      body: 'Первое из них: {{startsAt}}. Остальные смотри в расписании.',
    },
    parent: {
      title_one: '{{student}}: снова в прежнее время {{count}} занятие',
      title_few: '{{student}}: снова в прежнее время {{count}} занятия',
      title_many: '{{student}}: снова в прежнее время {{count}} занятий',
      body: '{{subject}}. Первое из них: {{startsAt}}. Остальные вы найдёте в расписании.',
    },
    tutor: {
      title_one: 'Снова в прежнее время {{count}} ваше занятие: {{subject}}',
      title_few: 'Снова в прежнее время {{count}} ваших занятия: {{subject}}',
      title_many: 'Снова в прежнее время {{count}} ваших занятий: {{subject}}',
      body: 'Первое из них: {{startsAt}}. Остальные вы найдёте в расписании.',
    },
  },
  lesson_restored: {
    student: {
      title_one: 'Всё-таки состоится {{count}} занятие: {{subject}}',
      title_few: 'Всё-таки состоятся {{count}} занятия: {{subject}}',
      title_many: 'Всё-таки состоится {{count}} занятий: {{subject}}',
      body: 'Их вернули. Первое из них: {{startsAt}}.',
    },
    parent: {
      title_one: '{{student}}: всё-таки состоится {{count}} занятие',
      title_few: '{{student}}: всё-таки состоятся {{count}} занятия',
      title_many: '{{student}}: всё-таки состоится {{count}} занятий',
      body: '{{subject}}. Отмену вернули, за неё ничего не нужно платить. Первое из них: {{startsAt}}.',
    },
    tutor: {
      title_one: 'Всё-таки состоится {{count}} ваше занятие: {{subject}}',
      title_few: 'Всё-таки состоятся {{count}} ваших занятия: {{subject}}',
      title_many: 'Всё-таки состоится {{count}} ваших занятий: {{subject}}',
      body: 'Их вернули. Первое из них: {{startsAt}}.',
    },
  },
}

export const web = {
  undone: 'Всё снова как раньше',
  restoreLesson: 'Вернуть занятие',
  restored: 'Занятие снова состоится: {{name}}',
  aheadGo_one: '{{count}} занятие: {{names}}, {{first}}.',
  aheadGo_few: '{{count}} занятия: {{names}}. Первое {{first}}, последнее {{last}}.',
  aheadGo_many: '{{count}} занятий: {{names}}. Первое {{first}}, последнее {{last}}.',
  aheadNone: 'Впереди нет занятий этой серии.',
}
