import type { RemoteChanges } from '@tokenledger/github'

export type { NoAnswer, RemoteFile } from '@tokenledger/github'

/** What is asked of GitHub where git cannot tell; a type alone, so that nobody loads a client who needs none. */
export type ChangesApi = RemoteChanges

/** https://docs.github.com/en/rest/commits/commits#compare-two-commits */
export const MOST_COMPARED = 300
/** https://docs.github.com/en/rest/pulls/pulls#list-pull-requests-files */
export const MOST_OF_A_PULL = 3000
