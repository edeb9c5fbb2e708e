import { Ajv, type ValidateFunction } from 'ajv'
import addFormatsModule from 'ajv-formats'

export type Schema = Readonly<Record<string, unknown>>

/** Turns one schema of an OpenAPI 3.0 description into a validator; references go to the given components. */
export type Compile = (schema: Schema) => ValidateFunction

/** A compiler that knows OpenAPI 3.0's `nullable` and GitHub's formats. */
export function schemaCompiler(components: Schema): Compile {
  const ajv = new Ajv({ strict: false, allErrors: true })
  // CommonJS: its function is the default export's default under some loaders.
  const addFormats = (addFormatsModule as { default?: unknown }).default ?? addFormatsModule
  ;(addFormats as (ajv: Ajv) => void)(ajv)
  ajv.addFormat('repo.nwo', true)
  ajv.addSchema({ $id: 'github', definitions: asJsonSchema(components) })
  return schema => ajv.compile(asJsonSchema(schema) as object)
}

/** OpenAPI 3.0 → JSON Schema: `nullable: true` becomes a null type, references point into `github`. */
function asJsonSchema(node: unknown): unknown {
  if (Array.isArray(node)) return node.map(asJsonSchema)
  if (typeof node !== 'object' || node === null) return node
  const { nullable, ...rest } = node as Record<string, unknown>
  const schema = Object.fromEntries(Object.entries(rest).map(([key, value]) => [key, converted(key, value)]))
  return nullable === true ? orNull(schema) : schema
}

function converted(key: string, value: unknown): unknown {
  if (key === '$ref') return String(value).replace('#/components/schemas/', 'github#/definitions/')
  return key === 'enum' || key === 'default' ? value : asJsonSchema(value)
}

function orNull(schema: Record<string, unknown>): object {
  if (typeof schema.type !== 'string') return { anyOf: [schema, { type: 'null' }] }
  const { enum: words } = schema
  const nullableEnum = Array.isArray(words) ? { enum: [...new Set([...words, null])] } : {}
  return { ...schema, type: [schema.type, 'null'], ...nullableEnum }
}
