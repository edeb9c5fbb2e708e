import { attestationsOf, type GitHubClient } from '@tokenledger/github'
import { UserError } from '@tokenledger/kit'

/** Requires an attestation for each of these digests, and gives those digests. Needs `attestations: read`. */
export async function checkAttestations(
  client: GitHubClient,
  repository: string,
  digests: ReadonlyMap<string, string>,
): Promise<ReadonlySet<string>> {
  const counts = await Promise.all(
    [...digests].map(async ([name, digest]) => ({
      name,
      digest,
      count: await attestationsOf(client, { repository, digest }),
    })),
  )
  const lacks = counts.find(({ count }) => count === 0)
  if (lacks) {
    throw new UserError(
      `RELEASE_NOT_ATTESTED: ${lacks.name} (${lacks.digest}) has no attestation in ${repository}; run the job that attests it again, or set verify-attestations: false`,
    )
  }
  return new Set(counts.map(({ digest }) => digest))
}
