export interface ModelCosts {
  model: string
  calls: number
  inputTokens: number
  outputTokens: number
  /** US dollars as decimal text. */
  cost: string
}

const dollars = new Intl.NumberFormat('en', { style: 'currency', currency: 'USD', minimumFractionDigits: 4 })

export function asDollars(cost: number): string {
  return dollars.format(cost)
}

export function totalOf(costs: readonly ModelCosts[]): number {
  return costs.reduce((sum, each) => sum + Number(each.cost), 0)
}

export async function loadCosts(signal: AbortSignal): Promise<ModelCosts[]> {
  const response = await fetch('/api/costs', { signal })
  if (!response.ok) throw new Error(`The server answered ${response.status}.`)
  return response.json()
}
