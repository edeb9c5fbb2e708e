/**
 * The version after that of a tag, for a text: its last number plus one. `v1.2.3` → `1.2.4`, `core-v1.0.0rc1` → `1.0.0rc2`. A tag
 * without a version comes back whole, with its last number counted up.
 */
export function nextVersionText(tag: string): string {
  const version = /(?:^|[^0-9A-Za-z])v?(\d+(?:\.\d+)+.*)$/i.exec(tag)?.[1] ?? tag
  return version.replace(/\d+(?=\D*$)/, last => String(BigInt(last) + 1n))
}
