import { hostname } from 'node:os'
import { z } from 'zod'

const text = (fallback: string) => z.string().min(1).default(fallback)
const name = (fallback: string) =>
  text(fallback).pipe(z.string().regex(/^[a-z0-9]([a-z0-9.-]*[a-z0-9])?$/, { error: `Expected a name such as ${fallback}` }))
const portNeeded = 'Expected a port from 1 to 65535, such as 8080'

/** The operator's environment. */
export const OperatorConfig = z.object({
  LOG_LEVEL: z.enum(['debug', 'info', 'warn', 'error', 'silent']).default('info'),
  /** Probes and metrics. */
  PORT: z.coerce
    .number({ error: portNeeded })
    .int({ error: portNeeded })
    .min(0, { error: portNeeded })
    .max(65_535, { error: portNeeded })
    .default(8080),
  HOST: text('0.0.0.0'),
  POD_NAME: text(hostname()),
  /** Where it stands: here it keeps its Lease, and here the ConfigMap is kept whether there is a resource or not. */
  POD_NAMESPACE: name('default'),
  /** The namespace whose resources it serves, its own unless said; `*` for all. */
  WATCH_NAMESPACE: z.string().optional(),
  SETTINGS_CONFIGMAP: name('repitbot-settings'),
  LEASE_NAME: name('repitbot-operator'),
  /** The pods that read the settings; each answers on its container port called `http`. */
  POD_SELECTOR: text('repitbot.io/settings=live'),
  /** The Helm release of its own namespace, written to the ConfigMap so that uninstall removes one that was recreated. */
  HELM_RELEASE: z.string().optional(),
})
export type OperatorConfig = z.output<typeof OperatorConfig>
