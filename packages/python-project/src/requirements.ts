import { normalizeName, requirementExtras, requirementName } from './names.ts'
import type { Pyproject } from './pyproject.ts'
import { stringOf, tableOf } from './toml.ts'

export type InstallSet = { readonly kind: 'extra' | 'group'; readonly name: string }

/**
 * Every PEP 508 requirement that an extra or a group adds to the project, each once. Extras of the project itself
 * (`tokenledger[all]`) and included groups (PEP 735) are followed, cycles included; an unknown name adds nothing.
 */
export function requirementsOf(pyproject: Pyproject, set: InstallSet): string[] {
  const seen = new Set<string>()
  const found = new Set<string>()
  const visit = ({ kind, name }: InstallSet): void => {
    const key = `${kind} ${normalizeName(name)}`
    if (seen.has(key)) return
    seen.add(key)
    for (const entry of entriesOf(pyproject, { kind, name })) {
      const included = stringOf(tableOf(entry)['include-group'])
      if (included !== undefined) visit({ kind: 'group', name: included })
      if (typeof entry !== 'string') continue
      if (isProjectItself(pyproject, entry)) {
        for (const extra of requirementExtras(entry)) visit({ kind: 'extra', name: extra })
      } else found.add(entry)
    }
  }
  visit(set)
  return [...found]
}

function entriesOf(pyproject: Pyproject, { kind, name }: InstallSet): readonly unknown[] {
  const table: Readonly<Record<string, readonly unknown[]>> =
    kind === 'extra' ? pyproject.extras : pyproject.groups
  const wanted = normalizeName(name)
  return Object.entries(table).find(([key]) => normalizeName(key) === wanted)?.[1] ?? []
}

function isProjectItself(pyproject: Pyproject, requirement: string): boolean {
  return pyproject.name !== undefined && requirementName(requirement) === normalizeName(pyproject.name)
}
