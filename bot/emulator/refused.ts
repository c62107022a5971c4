export type Refusal = { status: number; description: string; retryAfterSeconds?: number }

/** An answer that Telegram would refuse with, in Telegram's own words. */
export const refuse = (status: number, description: string, retryAfterSeconds?: number): never => {
  throw Object.assign(new Error(description), { refusal: { status, description, retryAfterSeconds } satisfies Refusal })
}
export const refusalOf = (error: unknown): Refusal | undefined =>
  error instanceof Error && 'refusal' in error ? (error.refusal as Refusal) : undefined
