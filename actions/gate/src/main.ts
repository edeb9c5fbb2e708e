import { info, messageOf, setOutput } from '@tokenledger/kit'
import { readAccess, readRules } from './inputs.ts'
import { publishVerdict } from './publish-verdict.ts'
import { judge } from './verdict.ts'

/** Judges the jobs that this one needs, and then, whatever the verdict, shows how long they took. */
export async function main(): Promise<void> {
  const access = readAccess()
  setOutput('verdict', 'failure') // until there is another one: nobody shall read a success where none was found
  await publishVerdict(judge(readRules()))
  try {
    const { showTiming } = await import('./timing/show-timing.ts')
    await showTiming(access, process.env)
  } catch (error) {
    info(`No timing: ${messageOf(error).replace(/\s+/g, ' ')}. The verdict above stands.`)
  }
}
