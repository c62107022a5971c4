import { failures as refusals } from '@repitbot/contracts/texts/en/failures'
import { web } from '@repitbot/contracts/texts/en/web'
import { webFamily } from '@repitbot/contracts/texts/en/web-family'
import { webLessons } from '@repitbot/contracts/texts/en/web-lessons'
import { webPeople } from '@repitbot/contracts/texts/en/web-people'
import { webSettings } from '@repitbot/contracts/texts/en/web-settings'

export const words = { ...web, ...webFamily, ...webLessons, ...webPeople, ...webSettings }
export const failures: Record<keyof typeof refusals, string> = refusals
