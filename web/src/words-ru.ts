import { failures as refusals } from '@repitbot/contracts/texts/ru/failures'
import { web } from '@repitbot/contracts/texts/ru/web'

export const words = web
export const failures = refusals
