import type { RawConfig, RawTable } from './raw-config.ts'

export type Environment = Readonly<Record<string, string | undefined>>

/** The variables that stand for options of the tool's command line, which go before the file. */
const TEXTS = [
  'current_version',
  'parse',
  'search',
  'replace',
  'tag_name',
  'tag_message',
  'message',
  'commit_args',
]
const FLAGS = [
  'regex',
  'ignore_missing_files',
  'ignore_missing_version',
  'commit',
  'tag',
  'sign_tags',
  'allow_dirty',
]

/** `BUMPVERSION_*` over the file. An empty variable counts as none, as on the tool's command line. */
export function withEnvironment(raw: RawConfig, env: Environment): RawConfig {
  const overrides: Record<string, unknown> = {}
  for (const name of [...TEXTS, ...FLAGS]) {
    const value = variable(env, name)
    if (value) overrides[name] = value
  }
  const formats = variable(env, 'serialize')
  if (formats) overrides.serialize = formats.split(/\s+/).filter(format => format !== '')
  const files: readonly RawTable[] = isOn(variable(env, 'no_configured_files')) ? [] : raw.files
  return { ...raw, options: { ...raw.options, ...overrides }, files }
}

/** The configuration file that `BUMPVERSION_CONFIG_FILE` names. */
export function configFileOf(env: Environment): string | undefined {
  return variable(env, 'config_file') || undefined
}

function variable(env: Environment, option: string): string | undefined {
  return env[`BUMPVERSION_${option.toUpperCase()}`]
}

function isOn(value: string | undefined): boolean {
  return /^(?:1|true|t|yes|y|on)$/i.test(value ?? '')
}
