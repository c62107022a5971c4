import { type CrdRule, Settings } from '@repitbot/contracts/settings'
import { z } from 'zod'
import { group, kind, plural, version } from './resource.ts'

/** A piece of the schema, as zod tells it and as the API server takes it. */
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

/** The schema of `spec`: the live settings' own, in the structural form that the API server asks for. */
export const specSchema = (): Schema => ({
  ...structural(z.toJSONSchema(Settings, { io: 'input', target: 'openapi-3.0' }) as Schema),
  default: {},
  description: 'The live settings of this installation; what is left out has its default',
})

/** `additionalProperties` may not stand beside `properties` there: unknown fields are refused by kubectl and dropped by the server anyway. */
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
  description: 'What the operator has seen; it alone writes here',
  properties: {
    observedGeneration: { type: 'integer', format: 'int64', description: 'The generation of spec that this status speaks of' },
    pods: text('Pods that have these settings, of all that read settings, such as 18/18'),
    lastReconcileNow: text(`The last value of the annotation ${group}/reconcile-now that was obeyed`),
    conditions: {
      type: 'array',
      description: 'ConfigApplied: the settings are in the ConfigMap. Propagated: every pod has them. Ready: both',
      'x-kubernetes-list-type': 'map',
      'x-kubernetes-list-map-keys': ['type'],
      items: {
        type: 'object',
        description: 'One thing that is so, or is not, and why',
        required: ['type', 'status', 'reason', 'message', 'lastTransitionTime'],
        properties: {
          type: text('ConfigApplied, Propagated or Ready', { maxLength: 63 }),
          status: text('Whether it is so', { enum: ['True', 'False', 'Unknown'] }),
          observedGeneration: { type: 'integer', format: 'int64', description: 'The generation of spec that this was seen for' },
          lastTransitionTime: text('When it became so', { format: 'date-time' }),
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
          column('Rate', 'integer', '.spec.rateLimits.perMinute', 'Requests a signed-in client may make in a minute'),
          column('Pods', 'string', '.status.pods', 'Pods that have these settings'),
          column('Ready', 'string', '.status.conditions[?(@.type=="Ready")].status', 'Whether every pod has these settings'),
          column('Age', 'date', '.metadata.creationTimestamp', 'Since when there is this resource'),
        ],
        schema: {
          openAPIV3Schema: {
            type: 'object',
            description:
              'The live settings of RepitBot in this namespace. A change is in every pod within two seconds, without a restart; status says how many have it. One resource a namespace: of two the older is in force.',
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
