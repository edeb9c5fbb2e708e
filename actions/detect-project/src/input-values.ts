import { UserError } from '@tokenledger/kit'
import { normalizeName } from '@tokenledger/python-project'
import { type Checkout, entries } from '@tokenledger/python-project/plan'

/** Extras or groups in the spelling of pyproject.toml; `*` stays. A name that is not defined is a UserError. */
export function definedNames(
  kind: 'Extra' | 'Dependency group',
  text: string,
  defined: readonly string[],
): string[] {
  const spelling = new Map(defined.map(name => [normalizeName(name), name]))
  return text
    .split(/[\s,]+/)
    .filter(Boolean)
    .map(name => {
      const known = name === '*' ? name : spelling.get(normalizeName(name))
      if (known !== undefined) return known
      const plural = kind === 'Extra' ? 'extras' : 'dependency groups'
      const has = defined.length > 0 ? `: ${[...defined].sort().join(', ')}` : ` no ${plural}`
      throw new UserError(`${kind} "${name}" is not defined. This project has${has}.`)
    })
}

/** Paths relative to the project that are in the checkout; another one is a UserError. */
export function existingPaths(input: string, text: string, { files }: Checkout): string[] {
  return entries(text).map(entry => {
    const path = asPath(entry)
    const exists = path === '' || files.some(file => file === path || file.startsWith(`${path}/`))
    if (exists) return path || '.'
    throw new UserError(
      `Input ${input} names "${entry}", which is not in the checkout or holds no files. Give paths relative to working-directory.`,
    )
  })
}

/** One directory that is in the checkout, `.` for its top, `''` for none; another one is a UserError. */
export function existingDirectory(input: string, text: string, checkout: Checkout): string {
  if (text === '') return ''
  const path = asPath(text)
  if (path === '') return '.'
  if (checkout.files.some(file => file.startsWith(`${path}/`))) return path
  throw new UserError(
    `Input ${input} is "${text}", which is not a directory of the checkout. Give a directory relative to working-directory, or none.`,
  )
}

function asPath(text: string): string {
  return text
    .replaceAll('\\', '/')
    .replace(/^(\.\/+)+/, '')
    .replace(/\/+$/, '')
    .replace(/^\.$/, '')
}
