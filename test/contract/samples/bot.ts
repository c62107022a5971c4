import type { Samples } from './sample.ts'

export const botSamples: Pick<Samples, 'telegram'> = {
  telegram: { webhook: { args: () => ({ update_id: 1 }), status: 401 } },
}
