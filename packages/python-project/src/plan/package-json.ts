import { isTable, stringOf, type Table, tableOf } from '../toml.ts'
import type { Checkout } from './checkout.ts'

export interface PackageJson {
  readonly scripts: Table
  readonly dependencies: Table
  readonly engine?: string
  readonly packageManager?: string
}

/** Reads a package.json; `undefined` when it is not a JSON object. */
export function readPackageJson(checkout: Checkout, path: string): PackageJson | undefined {
  const document = parseJson(checkout.text(path) ?? '')
  if (!isTable(document)) return undefined
  const engine = stringOf(tableOf(document.volta).node) ?? stringOf(tableOf(document.engines).node)
  const packageManager = stringOf(document.packageManager)?.split('@', 1)[0]
  return {
    scripts: tableOf(document.scripts),
    dependencies: { ...tableOf(document.dependencies), ...tableOf(document.devDependencies) },
    ...(engine ? { engine } : {}),
    ...(packageManager ? { packageManager } : {}),
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
