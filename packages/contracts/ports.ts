/** The services, and the port each listens on unless told otherwise. */
export const ports = { user: 8001, lesson: 8002, notification: 8006, student: 8008, bot: 8010 } as const
export type ServiceName = keyof typeof ports
