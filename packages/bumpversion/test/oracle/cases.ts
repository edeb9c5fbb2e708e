import type { OracleCase } from './cases/case.ts'
import { ENVIRONMENT, WHERE } from './cases/configuration.ts'
import { FILES } from './cases/files.ts'
import { INI } from './cases/ini.ts'
import { TRAPS } from './cases/traps.ts'
import { CALVER, VERSIONS } from './cases/versions.ts'

export type { OracleCase } from './cases/case.ts'

/** Beyond the recorded cases: what the real tool and ours must make of the same project. */
export const CASES: readonly OracleCase[] = [
  ...WHERE,
  ...INI,
  ...ENVIRONMENT,
  ...VERSIONS,
  ...CALVER,
  ...FILES,
  ...TRAPS,
]
