import { asDollars, type ModelCosts, totalOf } from './costs.ts'

export function CostTable({ costs }: { costs: readonly ModelCosts[] }) {
  if (costs.length === 0) return <p>No calls are booked yet.</p>
  const total = totalOf(costs)
  return (
    <table>
      <thead>
        <tr>
          <th scope="col">Model</th>
          <th scope="col">Calls</th>
          <th scope="col">Cost</th>
          <th scope="col">Share</th>
        </tr>
      </thead>
      <tbody>
        {costs.map(({ model, calls, cost }) => (
          <tr key={model}>
            <th scope="row">{model}</th>
            <td>{calls}</td>
            <td>{asDollars(Number(cost))}</td>
            <td>
              <meter aria-label={`share of ${model}`} min={0} max={total || 1} value={Number(cost)} />
            </td>
          </tr>
        ))}
      </tbody>
      <tfoot>
        <tr>
          <th scope="row">Total</th>
          <td>{costs.reduce((sum, each) => sum + each.calls, 0)}</td>
          <td colSpan={2}>{asDollars(total)}</td>
        </tr>
      </tfoot>
    </table>
  )
}
