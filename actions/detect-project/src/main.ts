import { info } from '@tokenledger/kit'

export async function main(): Promise<void> {
  info('not there yet')
}
