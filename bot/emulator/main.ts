import { readConfig, startProcess } from '@repitbot/kit/config'
import { EmulatorConfig } from './config.ts'
import { openEmulator } from './emulator.ts'

await startProcess('emulator', async () => {
  const config = readConfig(EmulatorConfig)
  const { BOT_TOKEN: token, EMULATOR_PEOPLE: people, EMULATOR_PORT: port, EMULATOR_HOST: host } = config
  const emulator = await openEmulator({ token, people, port, host })
  process.stdout.write(`${emulator.url}/demo/telegram\n`)
  const stop = () => void emulator.close().then(() => process.exit(0))
  process.once('SIGTERM', stop).once('SIGINT', stop)
})
