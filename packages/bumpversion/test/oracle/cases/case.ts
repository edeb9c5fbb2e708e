import type { BumpRequest } from '../../../src/index.ts'
import { type Files, pyproject } from '../../project.ts'

export interface OracleCase {
  readonly name: string
  readonly files: Files
  readonly request: BumpRequest
  readonly env?: Readonly<Record<string, string>>
}

export const part = (name: string): BumpRequest => ({ part: name })
export const toml = (body: string, files: Files = {}): Files => ({
  'pyproject.toml': pyproject(body),
  ...files,
})
export const file = (body: string): string => `current_version = "1.2.3"\n[[tool.bumpversion.files]]\n${body}`
export const inFile = (name: string, body: string, text: string, request = part('minor')): OracleCase => ({
  name,
  files: toml(file(`filename = "f.txt"\n${body}`), { 'f.txt': text }),
  request,
})
