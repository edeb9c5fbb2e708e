/** An answer in GitHub's error form; route handlers throw it. */
export class ApiError extends Error {
  override readonly name = 'ApiError'
  readonly status: number
  readonly errors: readonly object[]

  constructor(status: number, message: string, errors: readonly object[] = []) {
    super(message)
    this.status = status
    this.errors = errors
  }

  get body(): object {
    return {
      message: this.message,
      ...(this.errors.length > 0 ? { errors: this.errors } : {}),
      documentation_url: 'https://docs.github.com/rest',
      status: `${this.status}`,
    }
  }
}

export const notFound = () => new ApiError(404, 'Not Found')

/** GitHub's `Validation Failed`, with the field that is wrong. */
export function unprocessable(resource: string, field: string, message: string): ApiError {
  return new ApiError(422, 'Validation Failed', [{ resource, field, code: 'custom', message }])
}
