import { AsyncLocalStorage } from 'node:async_hooks'

/** What goes along with everything done for one request, event or job; a batch of several events has no one correlation id. */
export type Context = { correlationId: string | undefined }
const storage = new AsyncLocalStorage<Context>()

export const context = (): Context | undefined => storage.getStore()
export const withContext = <T>(context: Context, work: () => T): T => storage.run(context, work)
