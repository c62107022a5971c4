import { type Client, type ClientDeps, client } from './client.ts'
import type { Api } from './endpoint.ts'

type Registered = Record<string, { apis: Record<string, Api> }>
type ApisOf<Services extends Registered> = Services[keyof Services]['apis']
type Names<Apis> = Apis extends unknown ? keyof Apis : never
type Table<Apis, Name extends PropertyKey> = Apis extends Record<Name, infer A extends Api> ? A : never

/** A typed client for every API table of some services, by the table's name in the register of services. */
export type Clients<Services extends Registered> = {
  [Name in Names<ApisOf<Services>>]: Client<Table<ApisOf<Services>, Name>>
}

/** Makes a client for every API table; `depsOf` returns the address and the token for each service. */
export function clientsOf<Services extends Registered>(
  services: Services,
  depsOf: (service: keyof Services) => ClientDeps,
): Clients<Services> {
  const clients = Object.entries(services).flatMap(([service, { apis }]) =>
    Object.entries(apis).map(([name, table]) => [name, client(table, depsOf(service))]),
  )
  return Object.fromEntries(clients) as Clients<Services>
}
