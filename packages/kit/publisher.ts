/** What the outbox hands over: the routing key, the event's id and the envelope as it travels. */
export type Publication = { seq: string; id: string; name: string; envelope: string }

/**
 * Takes a batch and answers which of it is now safe elsewhere, by seq; the rest is handed over again later.
 * Throws when nothing could be handed over.
 */
export type Publisher = { publish(batch: Publication[]): Promise<string[]> }
