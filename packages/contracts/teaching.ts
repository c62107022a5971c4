import type { Role } from './endpoint.ts'

type Duties = { role: Role; teaches?: boolean | undefined }
/** Whether this person gives lessons: a tutor, or an admin who teaches too. Without a schema, so that a browser loads it at once. */
export const givesLessons = ({ role, teaches }: Duties): boolean => role === 'tutor' || (role === 'admin' && teaches === true)
