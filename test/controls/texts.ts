import type { Control } from './control.ts'

const english = 'packages/contracts/texts/en'
/** Breaks the English texts; the compiler must say so. */
const missing = (name: string, file: string, [find, replace]: [string, string], red: string): Control => ({
  name,
  file: `${english}/${file}.ts`,
  find,
  replace,
  run: { check: 'types' },
  red,
})

/** Guards that both languages have all texts. */
export const textControls: Control[] = [
  missing('a text is missing in one language', 'student', ['  first_lesson:', '  first_lessen:'], 'first_lesson'),
  missing(
    'a group of texts is missing in English: the bot',
    'progress',
    ['  progress: {\n    title:', '  progres: {\n    title:'],
    'progres',
  ),
  missing('a group of texts is missing in English: a notice', 'progress', ['  level_up: {', '  level_ups: {'], 'level_up'),
  missing('a group of texts is missing in English: the page', 'progress', ['export const web:', 'export const webs:'], "'web'"),
  missing('a topic is missing in English: the bot', 'bot', ['  ...progress.bot,\n', ''], 'progress'),
  missing('a topic is missing in English: the notices', 'notification', ['  ...progress.notices,\n', ''], 'level_up'),
  missing('a topic is missing in English: the page', 'web', ['  ...progress.web,\n', ''], 'missing the following properties'),
  missing('a topic is missing in English: refusals', 'failures', ['  ...progress.failures,\n', ''], 'pause_too_long'),
  missing('English has a text that Russian lacks', 'progress', ["  xpToGo: '", "  spare: '',\n  xpToGo: '"], 'spare'),
  {
    name: 'English has a group of texts that Russian lacks',
    file: `${english}/family.ts`,
    find: '',
    replace: `export const spare = { text: '' }\n`,
    run: { test: 'test/texts.test.ts', only: 'the same topics' },
    red: 'family.spare.text',
  },
  {
    name: 'two topics have a text of the page under one key',
    file: 'packages/contracts/texts/ru/family.ts',
    find: 'export const web = {',
    replace: "export const web = {\n  today: '',",
    run: { test: 'test/texts.test.ts', only: 'from one topic only' },
    red: 'today',
  },
  {
    name: 'a Russian text calls a lesson by another word',
    file: 'packages/contracts/texts/ru/report.ts',
    find: 'Занятие ещё не началось.',
    replace: 'Урок ещё не начался.',
    run: { test: 'test/texts.test.ts', only: 'by one word each' },
    red: 'write занятие and репетитор',
  },
]
