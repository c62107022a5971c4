import type { Notice } from '@repitbot/contracts/inbox'
export const Deliveries = (_: { notice: Notice; zone: string }) => null
