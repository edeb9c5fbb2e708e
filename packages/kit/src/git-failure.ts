const KNOWN: readonly (readonly [RegExp, string])[] = [
  [/could not read (?:Username|Password)|terminal prompts disabled|Authentication failed/, 'no credentials'],
  [/repository '[^']*' not found|Repository not found/, '404'],
  [/not our ref|find remote ref|unadvertised object|bad object/, 'the server does not have it'],
  [
    /resolve host|Failed to connect|Connection refused|timed out|Operation too slow/i,
    'the server cannot be reached',
  ],
  [/'origin' does not appear to be a git repository|No such remote/, 'there is no remote origin'],
  [/not a git repository/, 'there is no git repository'],
  [/Permission denied|Host key verification failed/, 'SSH refused'],
]

/** Why git could not fetch, in a few words without a URL: the status of HTTP where there is one, else what git says last. */
export function gitFailureInWords(stderr: string): string {
  const status = /returned error: (\d{3})/.exec(stderr)?.[1]
  if (status) return status
  const known = KNOWN.find(([pattern]) => pattern.test(stderr))
  if (known) return known[1]
  const last = stderr.trimEnd().split('\n').at(-1) ?? ''
  return last
    .replace(/\w+:\/\/\S+/g, '(URL)')
    .replaceAll('::', ':')
    .slice(0, 200)
}
