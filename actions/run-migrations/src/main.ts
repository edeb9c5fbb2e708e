import { UserError } from '@tokenledger/kit'

/** Brings a database to its newest schema, and says what it did. */
export async function main(): Promise<void> {
  throw new UserError('not built yet')
}
