import { type Schema, specSchema } from './crd.ts'

const head = `# Live settings

Made from packages/contracts/settings.ts by \`make generate\`; a test fails when it differs from the schema.

The same settings are in \`spec\` of a \`RepitBot\` resource (${'`kubectl explain rb.spec`'} describes them) and in the file that \`SETTINGS_FILE\` names. A setting that is left out has its default. All numbers are whole, percents too.

| Setting | Values | Default | What |
|---|---|---|---|
`

/** The text of docs/settings.md. */
export const reference = (): string => `${head}${rows('', specSchema()).join('\n')}\n`

function rows(path: string, schema: Schema): string[] {
  const inner = schema.properties ?? schema.items?.properties
  const under = schema.items ? `${path}[]` : path
  const own = path === '' || schema.properties ? [] : [row(path, schema)]
  return [...own, ...Object.entries(inner ?? {}).flatMap(([name, one]) => rows(under === '' ? name : `${under}.${name}`, one))]
}

function row(path: string, schema: Schema): string {
  const fallback = schema.default === undefined ? '' : `\`${JSON.stringify(schema.default)}\``
  return `| \`${path}\` | ${values(schema)} | ${fallback} | ${[schema.description, rule(schema)].filter(Boolean).join('. ')} |`
}

function values({ type, minimum, maximum, minItems, maxItems, items, enum: names, format }: Schema): string {
  if (names) return names.map((name) => `\`${name}\``).join(', ')
  if (type === 'integer') return `${minimum} to ${maximum}`
  if (type === 'array') return `a list of ${minItems ?? 0} to ${maxItems}${items?.enum ? ` of ${values(items)}` : ''}`
  return format === 'date-time' ? 'instant' : 'text'
}

const rule = (schema: Schema) => {
  const [first] = [schema, schema.items].flatMap((one) => (one?.['x-kubernetes-validations'] as { message: string }[] | undefined) ?? [])
  return first?.message
}
