/** A repository on github.com. */
export interface GitHubRepository {
  readonly owner: string
  readonly name: string
}

const ADDRESS =
  /^(?:git\+)?(?:https?:\/\/(?:[^/@\s]+@)?|ssh:\/\/git@|git:\/\/|git@)(?:www\.|ssh\.)?github\.com(?::\d+)?[/:]([\w-]+)\/([\w.-]+?)(?:\.git)?(?:[/?#].*)?$/i

/** The repository that an address of git or of a page means; undefined when it is not on GitHub. */
export function repositoryOfUrl(url: string): GitHubRepository | undefined {
  const [, owner, name] = ADDRESS.exec(url.trim()) ?? []
  return owner && name ? { owner, name } : undefined
}
