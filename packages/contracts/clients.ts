import { type Client, type ClientDeps, client } from './client.ts'
import type { Api } from './endpoint.ts'

type Registered = Record<string, { apis: Record<string, Api> }>
type ApisOf<Services extends Registered> = Services[keyof Services]['apis']
type Names<Apis> = Apis extends unknown ? keyof Apis : never
type Table<Apis, Name extends PropertyKey> = Apis extends Record<Name, infer Found extends Api> ? Found : never

/** A typed client of every API table of some services, under the names of their register. */
export type Clients<Services extends Registered> = {
  [Name in Names<ApisOf<Services>>]: Client<Table<ApisOf<Services>, Name>>
}

/** Makes them all; `groundOf` says where each service answers, and with which token. */
export function clientsOf<Services extends Registered>(
  services: Services,
  groundOf: (service: keyof Services) => ClientDeps,
): Clients<Services> {
  const made = Object.entries(services).flatMap(([service, { apis }]) =>
    Object.entries(apis).map(([name, table]) => [name, client(table, groundOf(service))]),
  )
  return Object.fromEntries(made) as Clients<Services>
}
