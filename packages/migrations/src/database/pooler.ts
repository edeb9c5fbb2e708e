import type { Client } from 'pg'

/** Whether two clients share the server's processes: a transaction pooler stands in between. A UserError in statement mode. */
export async function isPooled(_a: Client, _b: Client): Promise<boolean> {
  throw new Error('not built yet')
}
