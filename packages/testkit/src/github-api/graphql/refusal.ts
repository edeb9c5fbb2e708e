/** An error in GitHub's GraphQL form, which comes with HTTP 200. */
export class GraphQLRefusal extends Error {
  override readonly name = 'GraphQLRefusal'
  readonly type: 'FORBIDDEN' | 'NOT_FOUND' | 'STALE_DATA' | 'UNPROCESSABLE' | 'MISSING_PAGINATION_BOUNDARIES'

  constructor(type: GraphQLRefusal['type'], message: string) {
    super(message)
    this.type = type
  }
}
