export const repository = 'acme/consumer'

export const TRAILER = 'Release-Version: 1.2.3'

/** What a release changes. */
export const RELEASE_COMMIT = {
  message: `chore(release): 1.2.3\n\n${TRAILER}`,
  trailer: TRAILER,
  additions: [{ path: 'pkg/__init__.py', content: '__version__ = "1.2.3"\n' }],
  deletions: ['old.txt'],
}
