import { publicFeature } from '../feature.ts'
import { menuOf } from '../flows/show-menu.ts'
import { long } from '../rules/taps.ts'

export const menu = publicFeature({
  command: 'menu',
  open: menuOf,
  taps: { as: async (context, id) => menuOf(await context.reopen({ userId: long(id) })) },
})
