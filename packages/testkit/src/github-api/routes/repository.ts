import { nodeId, urls, user } from '../models.ts'
import { now, type Routes, type World } from '../world.ts'

export const repositoryRoutes: Routes = {
  'GET /rate_limit': () => {
    const core = { limit: 5000, used: 1, remaining: 4999, reset: Math.ceil(Date.now() / 1000) + 3600 }
    return { status: 200, body: { resources: { core, search: { ...core, limit: 30 } }, rate: core } }
  },
  'GET /repos/{owner}/{repo}': ({ world }) => ({
    status: 200,
    body: { ...repository(world), network_count: 0, subscribers_count: 0 },
  }),
}

const LISTS = [
  'assignees',
  'blobs',
  'branches',
  'collaborators',
  'comments',
  'commits',
  'compare',
  'contents',
  'contributors',
  'deployments',
  'downloads',
  'events',
  'forks',
  'hooks',
  'issues',
  'keys',
  'labels',
  'languages',
  'merges',
  'milestones',
  'notifications',
  'pulls',
  'releases',
  'stargazers',
  'statuses',
  'subscribers',
  'subscription',
  'tags',
  'teams',
  'trees',
  'archive',
  'git_commits',
  'git_refs',
  'git_tags',
  'issue_comment',
  'issue_events',
]

/** A private repository without issues, stars or forks. */
export function repository(world: World): object {
  const { owner, name, repositoryUrl, htmlUrl, git } = world
  const features = ['issues', 'projects', 'wiki', 'pages', 'discussions', 'downloads']
  const counts = ['forks', 'stargazers', 'watchers', 'open_issues']
  return {
    id: 1,
    node_id: nodeId('Repository', name),
    name,
    full_name: `${owner}/${name}`,
    owner: user(owner),
    private: true,
    fork: false,
    url: repositoryUrl,
    html_url: htmlUrl,
    ...urls(repositoryUrl, LISTS),
    git_url: `git://github.com/${owner}/${name}.git`,
    ssh_url: `git@github.com:${owner}/${name}.git`,
    clone_url: `${htmlUrl}.git`,
    svn_url: htmlUrl,
    mirror_url: null,
    default_branch: git.defaultBranch,
    description: null,
    homepage: null,
    language: null,
    license: null,
    archived: false,
    disabled: false,
    size: 0,
    forks: 0,
    watchers: 0,
    open_issues: 0,
    created_at: now(),
    updated_at: now(),
    pushed_at: now(),
    ...Object.fromEntries(features.map(feature => [`has_${feature}`, feature === 'issues'])),
    ...Object.fromEntries(counts.map(count => [`${count}_count`, 0])),
  }
}
