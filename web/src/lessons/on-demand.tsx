import { type ComponentProps, lazy, Suspense } from 'react'

const Form = lazy(async () => ({ default: (await import('./plan/plan-lesson.tsx')).PlanLesson }))
const Opened = lazy(async () => ({ default: (await import('./sheet/lesson-sheet.tsx')).LessonSheet }))
const OfSeries = lazy(async () => ({ default: (await import('./series/coming-sheet.tsx')).ComingSheet }))

/** The forms and sheets over a day are loaded when they open, so that the day is drawn without them. */
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
export const ComingSheet = (props: ComponentProps<typeof OfSeries>) => (
  <Suspense>
    <OfSeries {...props} />
  </Suspense>
)
