import { AsyncLocalStorage } from 'node:async_hooks'

/** The context of everything done for one request, event or job. A batch of several events has no correlation id of its own. */
export type Context = { correlationId: string | undefined }
const storage = new AsyncLocalStorage<Context>()

export const context = (): Context | undefined => storage.getStore()
export const withContext = <T>(context: Context, work: () => T): T => storage.run(context, work)
