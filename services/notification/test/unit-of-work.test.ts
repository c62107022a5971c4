import { globSync, readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { expect } from 'chai'

const source = join(import.meta.dirname, '../src')

/** The flows whose one transaction changes several things: notices for a batch of events or a job, and the sender (adr/0036). */
const flows = [
  'consume-events.ts',
  'consume-lessons.ts',
  'notify-of-blocked-channels.ts',
  'notify-of-cleared.ts',
  'notify-of-joins.ts',
  'notify-of-security.ts',
  'notify-of-streak-risk.ts',
  'notify-tutors-of-the-day.ts',
  'remind-lesson.ts',
  'send-delivery.ts',
  'sweep-deliveries.ts',
  'sweep-reminders.ts',
]
const advice = `Give the store a function for it: getX, listX, or changeX(caller, id, decide), as services/lesson does.
Where one transaction has to change several things, add the flow to the list in services/notification/test/unit-of-work.test.ts and see adr/0036`

describe('a transaction of the notification service', () => {
  it('is opened by the store, and by the listed flows alone', () => {
    const found = globSync('**/*.ts', { cwd: source, exclude: ['store/**'] }).filter((path) =>
      readFileSync(join(source, path), 'utf8').includes('transaction('),
    )
    expect(found.map((path) => basename(path)).sort(), advice).to.deep.equal(flows)
  })
})
