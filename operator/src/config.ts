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
  /** Its own namespace: it holds the Lease, and its ConfigMap is kept even without a resource. */
  POD_NAMESPACE: name('default'),
  /** The namespace whose resources it reconciles; its own by default, `*` for all. */
  WATCH_NAMESPACE: z.string().optional(),
  SETTINGS_CONFIGMAP: name('repitbot-settings'),
  LEASE_NAME: name('repitbot-operator'),
  /** Selects the pods that read the settings; each serves its health on the container port named `http`. */
  POD_SELECTOR: text('repitbot.io/settings=live'),
  /** The Helm release of its own namespace, written to the ConfigMap so that uninstall removes one that was recreated. */
  HELM_RELEASE: z.string().optional(),
})
export type OperatorConfig = z.output<typeof OperatorConfig>
