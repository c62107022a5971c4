import { none, type Samples } from './sample.ts'

export const gatewaySamples: Pick<Samples, 'gateway'> = {
  gateway: { services: { args: none }, metrics: { args: none }, reset: { args: () => ({ service: 'student' }) } },
}
