import { type CrdRule, Settings } from '@repitbot/contracts/settings'
import { z } from 'zod'
import { group, kind, plural, version } from './resource.ts'

/** A part of the schema, in the form that zod makes and that the API server takes. */
export type Schema = {
  type: string
  description?: string
  default?: unknown
  properties?: Record<string, Schema>
  items?: Schema
  required?: string[]
  minimum?: number
  maximum?: number
  maxLength?: number
  minItems?: number
  maxItems?: number
  pattern?: string
  enum?: string[]
  rule?: CrdRule & { error: string; field?: string }
  [key: string]: unknown
}

/** The schema of `spec`: that of the live settings, in the structural form that the API server requires. */
export const specSchema = (): Schema => ({
  ...structural(z.toJSONSchema(Settings, { io: 'input', target: 'openapi-3.0' }) as Schema),
  default: {},
  description: 'The live settings of this installation; what is left out has its default',
})

/** A structural schema may not have `additionalProperties` beside `properties`; kubectl refuses unknown fields and the server drops them anyway. */
function structural({ rule, additionalProperties: _, properties, items, ...rest }: Schema): Schema {
  return {
    ...rest,
    ...(rest.type === 'integer' && { format: 'int64' }),
    ...(properties && { properties: Object.fromEntries(Object.entries(properties).map(([name, one]) => [name, structural(one)])) }),
    ...(items && { items: structural(items) }),
    ...(rule && {
      'x-kubernetes-validations': [{ rule: rule.cel, message: rule.error, ...(rule.field && { fieldPath: `.${rule.field}` }) }],
    }),
    ...(rule?.uniqueBy && { 'x-kubernetes-list-type': 'map', 'x-kubernetes-list-map-keys': [rule.uniqueBy] }),
  }
}

const text = (description: string, more: object = {}): Schema => ({ type: 'string', description, ...more })

const statusSchema: Schema = {
  type: 'object',
  description: 'What the operator has observed; only the operator writes it',
  properties: {
    observedGeneration: { type: 'integer', format: 'int64', description: 'The generation of spec that this status describes' },
    pods: text('Pods that have these settings, of all that read settings, such as 18/18'),
    lastReconcileNow: text(`The last value of the annotation ${group}/reconcile-now that was handled`),
    conditions: {
      type: 'array',
      description: 'ConfigApplied: the settings are in the ConfigMap. Propagated: every pod has them. Ready: both',
      'x-kubernetes-list-type': 'map',
      'x-kubernetes-list-map-keys': ['type'],
      items: {
        type: 'object',
        description: 'One aspect of the state, whether it is true, and why',
        required: ['type', 'status', 'reason', 'message', 'lastTransitionTime'],
        properties: {
          type: text('ConfigApplied, Propagated or Ready', { maxLength: 63 }),
          status: text('Whether it is true', { enum: ['True', 'False', 'Unknown'] }),
          observedGeneration: { type: 'integer', format: 'int64', description: 'The generation of spec that was observed' },
          lastTransitionTime: text('When the status last changed', { format: 'date-time' }),
          reason: text('The reason in one word', { maxLength: 63 }),
          message: text('The reason in a sentence', { maxLength: 1024 }),
        },
      },
    },
  },
}

const column = (name: string, type: string, jsonPath: string, description: string) => ({ name, type, jsonPath, description })

/** The whole definition, as `kubectl apply` takes it. */
export const crd = () => ({
  apiVersion: 'apiextensions.k8s.io/v1',
  kind: 'CustomResourceDefinition',
  metadata: { name: `${plural}.${group}` },
  spec: {
    group,
    scope: 'Namespaced',
    names: { kind, plural, singular: 'repitbot', listKind: `${kind}List`, shortNames: ['rb'] },
    versions: [
      {
        name: version,
        served: true,
        storage: true,
        subresources: { status: {} },
        additionalPrinterColumns: [
          column('XP', 'integer', '.spec.xp.multiplierPercent.lesson', 'XP of a lesson, in percent'),
          column('Rate', 'integer', '.spec.rateLimits.perMinute', 'Requests that a signed-in client may make in a minute'),
          column('Pods', 'string', '.status.pods', 'Pods that have these settings'),
          column('Ready', 'string', '.status.conditions[?(@.type=="Ready")].status', 'Whether every pod has these settings'),
          column('Age', 'date', '.metadata.creationTimestamp', 'Time since the resource was created'),
        ],
        schema: {
          openAPIV3Schema: {
            type: 'object',
            description:
              'The live settings of RepitBot in this namespace. A change is in every pod within two seconds, without a restart; status says how many have it. One resource in a namespace: of two the older is active.',
            properties: {
              apiVersion: { type: 'string' },
              kind: { type: 'string' },
              metadata: { type: 'object' },
              spec: specSchema(),
              status: statusSchema,
            },
          },
        },
      },
    ],
  },
})
