import type { Api, Endpoint } from '@repitbot/contracts/endpoint'
import { type HouseName, services } from '@repitbot/contracts/services'

export type Route = { house: HouseName; api: string; name: string; path: string; row: Endpoint }

/** Every route the public may know, as the contracts have it; what houses say among themselves is not one. */
export const routes: Route[] = Object.entries(services).flatMap(([house, { apis }]) =>
  Object.entries(apis as Record<string, Api>).flatMap(([api, { prefix, endpoints }]) =>
    Object.entries(endpoints)
      .filter(([, { who }]) => who !== 'house')
      .map(([name, row]) => ({ house: house as HouseName, api, name, path: (prefix + row.path).replace(/(.)\/$/, '$1'), row })),
  ),
)
