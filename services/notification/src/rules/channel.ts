import type { PersonCard } from '@repitbot/contracts/people'
import type { Rendered } from './render.ts'

/**
 * A way out of the house, beside the inbox. `blocked` is the person's own wish and is not tried again; `failed` is, later.
 * It may be given the same message twice.
 */
export type Channel = { name: string; send(to: PersonCard, message: Rendered): Promise<'delivered' | 'blocked' | 'failed'> }
