import type { Consumers } from '@repitbot/contracts/events'
import type { Deps } from './deps.ts'
import { clearAhead } from './flows/clear-ahead.ts'

export const consumers = (deps: Deps): Consumers => ({ 'user.updated': (batch) => clearAhead(deps, batch) })
