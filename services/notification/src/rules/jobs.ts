import { z } from 'zod'

/** Jobs of this service. Both names and payloads are in the queue: see JobType in the kit before you change one. */
export const jobTypes = {
  /** Reminds of a lesson; with a student, on the evening before an early one. */
  remind: { name: 'remind', payload: z.object({ code: z.string(), lessonId: z.uuid(), studentId: z.uuid().optional() }) },
  send: { name: 'send', payload: z.object({ deliveryId: z.uuid() }) },
  letter: { name: 'letter', payload: z.object({ letterId: z.uuid() }) },
}
