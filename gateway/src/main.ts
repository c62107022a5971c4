import { remoteKeys } from '@repitbot/kit/auth'
import { environment, readConfig, startProcess } from '@repitbot/kit/config'
import { bufferedOut, openLog } from '@repitbot/kit/log'
import { openRedis, redisSignals } from '@repitbot/kit/redis'
import { onStop } from '@repitbot/kit/run'
import { openSettings } from '@repitbot/kit/settings'
import { GatewayConfig, upstreamsOf } from './config.ts'
import { openGateway } from './gateway.ts'
import { web } from './web.ts'

/** How long a request waits for Redis; after that it is counted in memory. */
const countMsMax = 100

await startProcess('gateway', async () => {
  const config = readConfig(GatewayConfig)
  const log = openLog('gateway', config.LOG_LEVEL, bufferedOut())
  const settings = await openSettings(environment, config.SETTINGS_FILE, log)
  const redis = { host: config.REDIS_HOST, port: config.REDIS_PORT, password: config.REDIS_PASSWORD, tls: config.REDIS_TLS }
  const signals = redisSignals(redis, log)
  const upstreams = upstreamsOf(config)
  const gateway = await openGateway({
    upstreams,
    serviceSecret: config.SERVICE_SECRET,
    botSecret: config.BOT_SECRET,
    redis: openRedis(redis, log, countMsMax),
    corsOrigins: config.CORS_ORIGINS,
    keys: remoteKeys(`${upstreams.user[0]}/.well-known/jwks.json`, log),
    settings,
    signals,
    now: () => new Date(),
    log,
    port: config.PORT,
    metricsPort: config.METRICS_PORT,
    host: config.HOST,
    extra: web(config.WEB_FOLDER),
    publicUrl: config.PUBLIC_URL,
    trustedProxies: config.TRUSTED_PROXIES.split(',').filter(Boolean),
  })
  log.info({ url: gateway.url }, 'open')
  onStop(config.ENVIRONMENT, () => gateway)
})
