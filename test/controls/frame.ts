import type { Control } from './control.ts'

const sheets = (only: string) => ({ test: 'web/test/sheets.test.ts', only })

/** Guards of the frame around the pages: sheets, what can be taken back, the session, the browser. */
export const frameControls: Control[] = [
  {
    name: 'Back leaves the page instead of the sheet',
    file: 'web/src/ui/sheet.tsx',
    find: '  useBackCloses(close)\n',
    replace: '',
    run: sheets('by Back and stays'),
    red: 'Timeout',
  },
  {
    name: 'the entry of a sheet that was closed stays in the history',
    file: 'web/src/ui/back-closes.ts',
    find: '    router.history.go(open.length - depth())\n',
    replace: '',
    run: sheets('by Back and stays'),
    red: 'Timeout',
  },
  {
    name: 'what is typed is forgotten when its sheet closes',
    file: 'web/src/ui/draft.tsx',
    find: '        keepDraft(name, next)\n',
    replace: '',
    run: sheets('until it is sent or thrown away'),
    red: 'Half typed',
  },
  {
    name: 'what was sent comes back as a draft',
    file: 'web/src/ui/form.tsx',
    find: '      forget()\n    } catch',
    replace: '    } catch',
    run: sheets('until it is sent or thrown away'),
    red: 'what was sent',
  },
  {
    name: 'the second tap presses what lay below the sheet',
    file: 'web/src/ui/second-tap.ts',
    find: '        click.stopPropagation()\n',
    replace: '',
    run: sheets('by the second tap'),
    red: 'the click that got through',
  },
  {
    name: 'the undo line lies over the page',
    file: 'web/src/ui/undo.css',
    find: '  position: sticky;\n',
    replace: '  position: fixed;\n',
    run: sheets('covers nothing: 360'),
    red: 'to deeply equal []',
  },
  {
    name: 'what was refused can be taken back',
    file: 'web/src/lessons/lesson-acts.ts',
    find: '    withdraw()\n',
    replace: '',
    run: sheets('offers nothing to take back'),
    red: 'expected 1 to equal 0',
  },
]
