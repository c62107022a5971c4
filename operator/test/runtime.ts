import { KubeConfig } from '@kubernetes/client-node'
import { openLog } from '@repitbot/kit/log'
import type { ApiServer } from '@repitbot/kit/testing/api-server'
import { OperatorConfig } from '../src/config.ts'
import { openApi } from '../src/kernel/api.ts'
import { openOperator } from '../src/operator.ts'

export const silent = openLog('operator', 'silent')
/** Short waits: the tests break everything many times. */
export const quick = { silentMsMax: 700, retry: { msMin: 2, msMax: 50 } }

/** A kubeconfig for the fake API server, with a token as a service account has. */
export function configOf(server: ApiServer): KubeConfig {
  const config = new KubeConfig()
  config.loadFromOptions({
    clusters: [{ name: 'fake', server: server.url, caData: Buffer.from(server.ca).toString('base64') }],
    users: [{ name: 'operator', token: 'a-token' }],
    contexts: [{ name: 'fake', cluster: 'fake', user: 'operator' }],
    currentContext: 'fake',
  })
  return config
}

export async function openOn(server: ApiServer, environment: Record<string, string> = {}, election = { leaseSeconds: 2, everyMs: 100 }) {
  const config = OperatorConfig.parse({ PORT: '0', HOST: '127.0.0.1', POD_NAME: 'one', POD_NAMESPACE: 'school', ...environment })
  return openOperator({ api: await openApi(configOf(server)), config, log: silent, now: () => new Date(), stream: quick, election })
}
