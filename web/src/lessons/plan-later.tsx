import { type ComponentProps, lazy, Suspense } from 'react'

const Form = lazy(async () => ({ default: (await import('./plan-lesson.tsx')).PlanLesson }))

/** The form is fetched when somebody plans: the day is drawn without it. */
export const PlanLesson = (props: ComponentProps<typeof Form>) => (
  <Suspense>
    <Form {...props} />
  </Suspense>
)
