import { z } from 'zod'

/** What this service asks itself for. Both names and payloads are in the queue: see JobType in the kit before changing one. */
export const jobTypes = {
  /** Reminds of a lesson; with a student, of an early one on the evening before. */
  remind: { name: 'remind', payload: z.object({ code: z.string(), lessonId: z.uuid(), studentId: z.uuid().optional() }) },
  send: { name: 'send', payload: z.object({ deliveryId: z.uuid() }) },
  letter: { name: 'letter', payload: z.object({ letterId: z.uuid() }) },
}
