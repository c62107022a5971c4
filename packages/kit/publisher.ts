/** An event of the outbox to be published: its name is the routing key, its envelope is sent as it is. */
export type Publication = { seq: string; id: string; name: string; envelope: string }

/**
 * Publishes a batch and returns the `seq` of each event that is safe with the broker; the others are passed again later. Throws when nothing
 * could be published.
 */
export type Publisher = { publish(batch: Publication[]): Promise<string[]> }
