import { parseArgs } from 'node:util'
import { messageOf, UserError } from '@tokenledger/kit'

const FORMATS = ['text', 'json'] as const

export interface ProtectOptions {
  /** `owner/name`; undefined for the one that git's remote names. */
  readonly repository: string | undefined
  /** Name of the variable that holds the token. */
  readonly tokenEnv: string
  readonly apply: boolean
  readonly write: boolean
  readonly format: (typeof FORMATS)[number]
  readonly reviews: number
  readonly tags: string
  readonly restrictTagCreation: boolean
  readonly mergeQueue: boolean
}

export const USAGE = `[--repo OWNER/NAME] [--apply] [--write] [--format text|json]
  --repo OWNER/NAME        the repository on GitHub; the one of git's remote "origin" unless given
  --token-env NAME         the variable that holds an administrator's token; GITHUB_TOKEN unless given
  --apply                  bring the repository to the plan; without it nothing is changed
  --write                  write .github/rulesets/*.json, which GitHub's settings page imports; alone, it needs no token
  --reviews N              approvals that a pull request needs, 0 for somebody who works alone; 1 unless given
  --tags PATTERN           the tags of releases; v* unless given
  --restrict-tag-creation  let only maintainers and administrators make such tags; a job's own token cannot then
  --merge-queue            merge by a queue, which tests each group of pull requests on the newest state of the branch
  --format                 text (default) or json
The required checks are those of the workflows in the current folder. Rulesets of other names are never touched.
Exit codes: 0 nothing to do, or done; 1 differences; 2 the call was not understood, or GitHub refuses.`

/** Reads the arguments of `protect`; a UserError with the usage for what it does not know. */
export function readOptions(args: readonly string[]): ProtectOptions {
  const values = parse(args)
  const format = FORMATS.find(name => name === values.format)
  if (!format) throw misread(`--format: '${values.format}' is not one of ${FORMATS.join(', ')}.`)
  const { repo, reviews } = values
  if (repo !== undefined && !/^[\w.-]+\/[\w.-]+$/.test(repo)) {
    throw misread(`--repo: '${repo}' is not OWNER/NAME.`)
  }
  if (!/^(?:\d|10)$/.test(reviews)) throw misread(`--reviews: '${reviews}' is not a number from 0 to 10.`)
  return {
    repository: repo,
    tokenEnv: values['token-env'],
    apply: values.apply,
    write: values.write,
    format,
    reviews: Number(reviews),
    tags: values.tags,
    restrictTagCreation: values['restrict-tag-creation'],
    mergeQueue: values['merge-queue'],
  }
}

function parse(args: readonly string[]) {
  const flag = { type: 'boolean', default: false } as const
  const options = {
    repo: { type: 'string' },
    'token-env': { type: 'string', default: 'GITHUB_TOKEN' },
    apply: flag,
    write: flag,
    reviews: { type: 'string', default: '1' },
    tags: { type: 'string', default: 'v*' },
    'restrict-tag-creation': flag,
    'merge-queue': flag,
    format: { type: 'string', default: 'text' },
  } as const
  try {
    return parseArgs({ args: [...args], options }).values
  } catch (error) {
    throw misread(messageOf(error))
  }
}

function misread(what: string): UserError {
  return new UserError(`${what}\nprotect ${USAGE}`)
}
