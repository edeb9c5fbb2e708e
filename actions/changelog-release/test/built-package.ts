import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { mkdirSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

/** What a build backend writes, without the seconds that one takes: metadata and one module, the same bytes each time. */
const BUILD = `
import io, sys, tarfile, zipfile
folder, version, spelled = sys.argv[1:]
metadata = f"Metadata-Version: 2.4\\nName: shop\\nVersion: {spelled}\\n\\nA shop.\\n"
with zipfile.ZipFile(f"{folder}/shop-{version}-py3-none-any.whl", "w", zipfile.ZIP_DEFLATED) as wheel:
    for path, text in {
        "shop/__init__.py": f'__version__ = "{spelled}"\\n',
        f"shop-{version}.dist-info/METADATA": metadata,
        f"shop-{version}.dist-info/WHEEL": "Wheel-Version: 1.0\\nRoot-Is-Purelib: true\\nTag: py3-none-any\\n",
    }.items():
        wheel.writestr(zipfile.ZipInfo(path), text)
with tarfile.open(f"{folder}/shop-{version}.tar.gz", "w:gz") as sdist:
    for path, text in {"PKG-INFO": metadata, "pyproject.toml": "[project]\\n"}.items():
        entry = tarfile.TarInfo(f"shop-{version}/{path}")
        entry.size = len(text)
        sdist.addfile(entry, io.BytesIO(text.encode()))
`

/** Writes the wheel and the sdist of a version, whose metadata may spell it otherwise than its file names; gives digests by name. */
export function buildPackage(folder: string, version: string, spelled = version): Record<string, string> {
  mkdirSync(folder, { recursive: true })
  execFileSync('python3', ['-c', BUILD, folder, version, spelled])
  return digestsIn(folder)
}

/** SHA-256 in hex by file name. */
export function digestsIn(folder: string): Record<string, string> {
  const names = readdirSync(folder).sort()
  return Object.fromEntries(names.map(name => [name, sha256(readFileSync(join(folder, name)))]))
}

export function sha256(bytes: Buffer | string): string {
  return createHash('sha256').update(bytes).digest('hex')
}
