import { UserError } from '@tokenledger/kit'

/** What is wrong with a template; `explainTemplate` adds whose template it is. */
export class TemplateError extends Error {
  override readonly name = 'TemplateError'
}

/** Runs `render`; a fault of the template becomes a UserError that says where it stands (`replace of f.txt`). */
export function explainTemplate<T>(where: string, render: () => T): T {
  try {
    return render()
  } catch (error) {
    if (!(error instanceof TemplateError)) throw error
    throw new UserError(`BUMP_TEMPLATE_INVALID: ${where}: ${error.message}; no file was changed`)
  }
}
