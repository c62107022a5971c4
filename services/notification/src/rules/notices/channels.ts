import { text } from '../kinds.ts'
import { notice } from '../notice.ts'

const everybody = ['student', 'parent', 'tutor'] as const

/** Notices of the channels themselves, and messages written by people. */
export const channelNotices = {
  channel_blocked: notice({ to: ['tutor'], params: { person: text, channel: text } }),
  channel_test: notice({ to: everybody, params: {}, bypass: () => true, noFallback: true }),
  broadcast: notice({ to: everybody, params: { from: text, text }, bulk: true }),
}
