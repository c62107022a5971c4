import { type ComponentProps, lazy, Suspense } from 'react'

const Form = lazy(async () => ({ default: (await import('./plan/plan-lesson.tsx')).PlanLesson }))
const Opened = lazy(async () => ({ default: (await import('./sheet/lesson-sheet.tsx')).LessonSheet }))

/** What opens over a day is fetched when it opens: the day is drawn without it. */
export const PlanLesson = (props: ComponentProps<typeof Form>) => (
  <Suspense>
    <Form {...props} />
  </Suspense>
)
export const LessonSheet = (props: ComponentProps<typeof Opened>) => (
  <Suspense>
    <Opened {...props} />
  </Suspense>
)
