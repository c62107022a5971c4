import { failures as refusals } from '@repitbot/contracts/texts/en/failures'
import { web } from '@repitbot/contracts/texts/en/web'

export const words = web
export const failures = refusals
