export type Refusal = { status: number; description: string; retryAfterSeconds?: number }

/** Throws a refusal with the status and text that Telegram has for it. */
export const refuse = (status: number, description: string, retryAfterSeconds?: number): never => {
  throw Object.assign(new Error(description), { refusal: { status, description, retryAfterSeconds } satisfies Refusal })
}
export const refusalOf = (error: unknown): Refusal | undefined =>
  error instanceof Error && 'refusal' in error ? (error.refusal as Refusal) : undefined
