import type { CheckContext, CheckOutcome } from './check.ts'

/** The history is one line that ends in one head. */
export async function heads({ tool }: CheckContext): Promise<CheckOutcome> {
  if (!tool.heads) return { verdict: 'passed', message: 'Numbered files have no branches.', problems: [] }
  const problems = await tool.heads()
  const [first] = problems
  if (!first) return { verdict: 'passed', message: 'The history has one head.', problems }
  return { verdict: 'failed', message: first.message, problems }
}
