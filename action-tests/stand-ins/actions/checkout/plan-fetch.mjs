import { Failure } from '../../shared/runner.mjs'

const EVERYTHING = ['+refs/heads/*:refs/remotes/origin/*', '+refs/tags/*:refs/tags/*']
const ALL_TAGS = '+refs/tags/*:refs/tags/*'

/**
 * What to fetch (argument lists of `git fetch`, in order) and to check out. Without `ref` it is the event's commit
 * under the event's ref; else the branch, the tag or the commit that `ref` names, in this order. A branch is left on a
 * local branch that follows origin's, everything else on a bare commit, as GitHub's action does. `depth` 0 fetches
 * every branch and tag with all history.
 */
export function planFetch({ ref, eventRef, eventSha, depth, tags, refs, hasCommit }) {
  const { refspec, ...target } = ref ? named(ref, refs, hasCommit) : ofEvent(eventRef, eventSha, hasCommit)
  const shallow = [`--depth=${depth}`, '--no-tags', 'origin', ...(tags ? [ALL_TAGS] : []), refspec]
  // One fetch cannot write a branch both from the event's commit and from the branch itself.
  const whole = [
    ['--no-tags', 'origin', ...EVERYTHING],
    ['--no-tags', 'origin', refspec],
  ]
  return { ...target, fetches: depth > 0 ? [shallow] : whole }
}

function ofEvent(eventRef, eventSha, hasCommit) {
  const isThere = eventSha !== '' && hasCommit(eventSha)
  const commit = isThere ? eventSha : 'HEAD'
  const why = isThere
    ? `commit of ${eventRef}`
    : 'HEAD of the local repository; the commit of the event is not in it'
  const [, kind, name] = /^refs\/(heads|tags|pull)\/(.+)$/.exec(eventRef) ?? []
  if (kind === 'heads') return { ...branch(name, commit), reason: why }
  if (kind === 'tags') return { ...tag(name, commit), reason: why }
  const local = `refs/remotes/${kind === 'pull' ? `pull/${name}` : 'origin/event'}`
  return {
    ref: eventRef || commit,
    refspec: `+${commit}:${local}`,
    checkout: ['--detach', local],
    reason: why,
  }
}

function named(ref, refs, hasCommit) {
  if (/^[0-9a-f]{40}$/i.test(ref)) {
    if (!hasCommit(ref)) throw new Failure(`The commit ${ref} is not in the local repository.`)
    return { ref, refspec: ref, checkout: ['--detach', ref], reason: 'input ref' }
  }
  const short = ref.replace(/^refs\/(heads|tags)\//, '')
  if (!ref.startsWith('refs/tags/') && refs.includes(`refs/heads/${short}`)) return branch(short)
  if (!ref.startsWith('refs/heads/') && refs.includes(`refs/tags/${short}`)) return tag(short)
  if (refs.includes(ref))
    return { ref, refspec: `+${ref}:${ref}`, checkout: ['--detach', ref], reason: 'input ref' }
  throw new Failure(`A branch or tag with the name '${ref}' could not be found`)
}

function branch(name, commit = `refs/heads/${name}`) {
  return {
    ref: `refs/heads/${name}`,
    refspec: `+${commit}:refs/remotes/origin/${name}`,
    checkout: ['-B', name, `refs/remotes/origin/${name}`],
    reason: `branch ${name}`,
  }
}

function tag(name, commit = `refs/tags/${name}`) {
  return {
    ref: `refs/tags/${name}`,
    refspec: `+${commit}:refs/tags/${name}`,
    checkout: ['--detach', `refs/tags/${name}`],
    reason: `tag ${name}`,
  }
}
