import { failures as refusals } from '@repitbot/contracts/texts/ru/failures'
import { web } from '@repitbot/contracts/texts/ru/web'
import { webFamily } from '@repitbot/contracts/texts/ru/web-family'
import { webLessons } from '@repitbot/contracts/texts/ru/web-lessons'
import { webPeople } from '@repitbot/contracts/texts/ru/web-people'
import { webSettings } from '@repitbot/contracts/texts/ru/web-settings'

export const words = { ...web, ...webFamily, ...webLessons, ...webPeople, ...webSettings }
export const failures: Record<keyof typeof refusals, string> = refusals
