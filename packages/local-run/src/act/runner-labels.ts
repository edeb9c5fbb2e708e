const HOSTED: Readonly<Record<string, readonly string[]>> = {
  linux: ['ubuntu-latest', 'ubuntu-24.04', 'ubuntu-22.04', 'ubuntu-slim', 'ubuntu-24.04-arm', 'self-hosted'],
  darwin: ['macos-latest', 'macos-15', 'macos-14', 'self-hosted'],
  win32: ['windows-latest', 'windows-2025', 'windows-2022', 'self-hosted'],
}
const FAMILY: Readonly<Record<string, RegExp>> = {
  linux: /^(ubuntu|linux)/i,
  darwin: /^macos/i,
  win32: /^windows/i,
}

/** The `runs-on` labels that this computer can stand for: those of its own system, known ones and those in use. */
export function ownLabels(used: readonly string[], platform: string = process.platform): string[] {
  const family = FAMILY[platform]
  return [...new Set([...(HOSTED[platform] ?? []), ...used.filter(label => family?.test(label))])]
}
