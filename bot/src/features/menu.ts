import { openFeature } from '../feature.ts'
import { menuOf } from '../flows/show-menu.ts'
import { long } from '../rules/taps.ts'

export const menu = openFeature({
  command: 'menu',
  open: menuOf,
  taps: { as: async (talk, id) => menuOf(await talk.reopened({ userId: long(id) })) },
})
