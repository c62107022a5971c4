import { environment, readConfig, startProcess } from '@repitbot/kit/config'
import { openLog } from '@repitbot/kit/log'
import { OperatorConfig } from './config.ts'
import { kubeConfig, openApi } from './kernel/api.ts'
import { openOperator } from './operator.ts'

await startProcess('operator', async () => {
  const config = readConfig(OperatorConfig, environment)
  const log = openLog('operator', config.LOG_LEVEL)
  const operator = await openOperator({ api: await openApi(kubeConfig()), config, log, now: () => new Date() })
  log.info({ url: operator.url, watches: config.WATCH_NAMESPACE || config.POD_NAMESPACE }, 'open')
  for (const signal of ['SIGTERM', 'SIGINT'] as const)
    process.once(signal, () => {
      operator.close().then(
        () => process.exit(0),
        () => process.exit(1),
      )
    })
})
