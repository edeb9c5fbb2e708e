import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const folders = new Set<string>()

/** A new empty directory; it goes with {@link removeDir}, at the end of the test file, or when the process ends. */
export function tempDir(prefix = 'tokenledger-'): string {
  const folder = mkdtempSync(join(tmpdir(), prefix))
  folders.add(folder)
  return folder
}

/** Removes a directory with all it holds; one that is gone already is fine. */
export function removeDir(folder: string): void {
  rmSync(folder, { recursive: true, force: true, maxRetries: 3 })
  folders.delete(folder)
}

const removeAll = () => folders.forEach(removeDir)

// jest gives each test file a copy of `process` whose `exit` never fires, so its own hook does it there.
const { afterAll } = globalThis as { afterAll?: (hook: () => void) => void }
if (afterAll) afterAll(removeAll)
else process.once('exit', removeAll)
