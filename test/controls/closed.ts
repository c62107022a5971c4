import type { Control } from './control.ts'

const closed = (only: string) => ({ test: 'services/lesson/test/closed-people.test.ts', only })
const notices = { test: 'services/notification/test/cleared.test.ts' }

/** Guards of what becomes of the lessons of somebody whose membership is closed. */
export const closedControls: Control[] = [
  {
    name: 'a lesson of somebody closed is brought back',
    file: 'services/lesson/src/store/lessons.ts',
    find: "if (!coming.every((lesson) => isWithoutClosed(lesson, people))) throw new Failure('person_closed')",
    replace: "if (!coming.every((lesson) => isWithoutClosed(lesson, new Map()))) throw new Failure('person_closed')",
    run: closed('by whichever way'),
    red: 'The call was not refused',
  },
  {
    name: 'undo of a series brings back lessons of somebody closed',
    file: 'services/lesson/src/store/save-series.ts',
    find: '  await refuseClosed(tx, caller, changes, now)\n',
    replace: '',
    run: closed('by whichever way'),
    red: 'The call was not refused',
  },
  {
    name: 'a tutor whose link has ended brings back a lesson of somebody closed',
    file: 'services/lesson/src/store/people.ts',
    find: "findPeople(tx, { ...caller, role: 'admin' }, ids)",
    replace: 'findPeople(tx, caller, ids)',
    run: closed('by whichever way'),
    red: 'The call was not refused',
  },
  {
    name: 'a group is not brought back because one of it is closed',
    file: 'services/lesson/src/flows/restore-lesson.ts',
    find: 'withThoseWhoMay(lesson, await everybody(peopleIn(lesson)), now())',
    replace: 'withThoseWhoMay(lesson, (await everybody(peopleIn(lesson))) && new Map(), now())',
    run: closed('is left out of a group'),
    red: 'person_closed',
  },
  {
    name: 'undo puts somebody closed back into a group',
    file: 'services/lesson/src/rules/put-back.ts',
    find: "former.status === 'scheduled' ?",
    replace: "former.status === 'completed' ?",
    run: closed('is left out of a group'),
    red: 'person_closed',
  },
  {
    name: 'a lesson that was held cannot be brought back to be reported',
    file: 'services/lesson/src/rules/without-person.ts',
    find: "lesson.status === 'scheduled' && isAhead(lesson, now)",
    replace: "lesson.status === 'scheduled' && Boolean(now)",
    run: closed('is left out of a group'),
    red: 'person_closed',
  },
  {
    name: 'a tutor hears nothing of the lessons of somebody closed',
    file: 'services/lesson/src/flows/clear-ahead.ts',
    find: 'if (next !== lesson) cleared.push(next)',
    replace: 'if (next === lesson) cleared.push(next)',
    run: closed('is said once to each tutor'),
    red: 'AssertionError',
  },
  {
    name: 'a tutor hears of each lesson of somebody closed',
    file: 'services/notification/src/rules/notices/lesson.ts',
    find: '(cleared && by !== tutorId)',
    replace: '(cleared && by === undefined)',
    run: notices,
    red: 'lesson_cancelled',
  },
  {
    name: 'a family hears of each group that somebody closed has left',
    file: 'services/notification/src/rules/notices/lesson.ts',
    find: 'studentId !== was.by && ',
    replace: '',
    run: notices,
    red: 'lesson_cancelled',
  },
  {
    name: 'admins hear nothing of the lessons of a closed tutor',
    file: 'services/notification/src/consumers.ts',
    find: 'notifyOfCleared(deps, batch)',
    replace: "consumeEvents(deps, 'lessons.cleared', batch)",
    run: notices,
    red: 'AssertionError',
  },
]
