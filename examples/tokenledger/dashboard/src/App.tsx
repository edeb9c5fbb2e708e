import { useEffect, useState } from 'react'
import { CostTable } from './CostTable.tsx'
import { loadCosts, type ModelCosts } from './costs.ts'

type State =
  | { kind: 'loading' }
  | { kind: 'loaded'; costs: ModelCosts[] }
  | { kind: 'failed'; reason: string }

export function App() {
  const [state, setState] = useState<State>({ kind: 'loading' })
  useEffect(() => {
    const abort = new AbortController()
    loadCosts(abort.signal).then(
      costs => setState({ kind: 'loaded', costs }),
      (error: unknown) => {
        if (!abort.signal.aborted) setState({ kind: 'failed', reason: String(error) })
      },
    )
    return () => abort.abort()
  }, [])
  return (
    <main>
      <h1>Costs by model</h1>
      {state.kind === 'loading' && <p>Loading …</p>}
      {state.kind === 'failed' && <p role="alert">{state.reason}</p>}
      {state.kind === 'loaded' && <CostTable costs={state.costs} />}
    </main>
  )
}
