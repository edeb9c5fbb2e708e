/**
 * The name that GitHub gives an asset: letters, digits and `_ + - .` stay, runs of anything else become one dot, a
 * leading dot gets a word before it and a trailing one goes. Its documentation lists no characters; these are from
 * softprops/action-gh-release#159, actions/upload-release-asset#57 and travis-ci/dpl#821.
 */
export function assetName(given: string): string {
  const kept = given
    .replace(/[^\w.+-]+/g, '.')
    .replace(/\.{2,}/g, '.')
    .replace(/\.$/, '')
  return kept.startsWith('.') ? `default${kept}` : kept
}
