import type { Role } from '@repitbot/contracts/people'
import {
  IconCalendarWeek,
  IconDots,
  IconHome,
  IconInbox,
  IconSchool,
  IconSettings,
  IconSpeakerphone,
  IconSun,
  IconTrophy,
  IconUsers,
} from '@tabler/icons-react'
import type { Word } from '../words.ts'

/** The pages that somebody goes to by himself; `key` after g opens one. Where there is no room, the places of `wide` stand under `more`. */
export type Place = { to: string; word: Word; icon: typeof IconSun; roles: Role[]; key?: string; only?: 'phone' | 'wide' }

export const places: Place[] = [
  { to: '/', word: 'today', icon: IconSun, roles: ['tutor', 'student'], key: 't' },
  { to: '/', word: 'overview', icon: IconHome, roles: ['parent'], key: 't' },
  { to: '/', word: 'schoolToday', icon: IconSun, roles: ['admin'], key: 't' },
  { to: '/week', word: 'week', icon: IconCalendarWeek, roles: ['tutor', 'admin'], key: 'w' },
  { to: '/people', word: 'students', icon: IconUsers, roles: ['tutor'], key: 'p' },
  { to: '/people', word: 'people', icon: IconUsers, roles: ['admin'], key: 'p' },
  { to: '/progress', word: 'progress', icon: IconTrophy, roles: ['student'], key: 'p' },
  { to: '/schedule', word: 'schedule', icon: IconCalendarWeek, roles: ['parent', 'student'], key: 's' },
  { to: '/inbox', word: 'inbox', icon: IconInbox, roles: ['student', 'parent'], key: 'i' },
  { to: '/broadcasts', word: 'broadcasts', icon: IconSpeakerphone, roles: ['admin', 'tutor'], only: 'wide' },
  { to: '/school', word: 'school', icon: IconSchool, roles: ['admin'], only: 'wide' },
  { to: '/settings', word: 'settings', icon: IconSettings, roles: ['admin', 'tutor', 'parent', 'student'], key: 'o', only: 'wide' },
  { to: '/more', word: 'more', icon: IconDots, roles: ['admin', 'tutor'], only: 'phone' },
]
export const placesOf = (role: Role): Place[] => places.filter(({ roles }) => roles.includes(role))
