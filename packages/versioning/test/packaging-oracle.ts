import { execFileSync } from 'node:child_process'
import { pythonWith } from '../../migrations/test/alembic/python-environment.ts'

export interface Judged {
  /** `null` when `packaging` takes the text for no version. */
  readonly normalized: string | null
  readonly prerelease: boolean
  readonly post: number | null
  readonly local: string | null
  /** Equal numbers for equal versions, ascending. */
  readonly rank: number
}

const PROGRAM = `
import json, sys
from packaging.version import InvalidVersion, Version

def read(text):
    try:
        return Version(text)
    except InvalidVersion:
        return None

versions = [read(text) for text in json.load(sys.stdin)]
order = sorted({version for version in versions if version})
rank = {version: index for index, version in enumerate(order)}
json.dump([
    {"normalized": str(v), "prerelease": v.is_prerelease, "post": v.post, "local": v.local, "rank": rank[v]}
    if v else {"normalized": None, "prerelease": False, "post": None, "local": None, "rank": -1}
    for v in versions
], sys.stdout)
`

/** What the reference implementation of PEP 440 says about each text. */
export function judgedByPackaging(texts: readonly string[]): Judged[] {
  const python = pythonWith('packaging==26.2')
  const input = JSON.stringify(texts)
  return JSON.parse(execFileSync(python, ['-c', PROGRAM], { input, encoding: 'utf8', maxBuffer: 1 << 26 }))
}
