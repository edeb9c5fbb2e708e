/** A rule in the words of GitHub's API. */
export interface Rule {
  readonly type: string
  readonly parameters?: Readonly<Record<string, unknown>>
}

/** Who is let through a ruleset. */
export interface BypassActor {
  readonly actor_id?: number | null
  readonly actor_type: string
  readonly bypass_mode?: string
}

/** A ruleset as it is sent to GitHub, and as a file that its settings page imports. */
export interface RulesetWish {
  readonly name: string
  readonly target: 'branch' | 'tag'
  readonly enforcement: 'active'
  readonly bypass_actors: readonly BypassActor[]
  readonly conditions: {
    readonly ref_name: { readonly include: readonly string[]; readonly exclude: readonly string[] }
  }
  readonly rules: readonly Rule[]
}

/** A ruleset as GitHub gives it. */
export interface Ruleset {
  readonly id: number
  readonly name: string
  readonly target?: string
  readonly enforcement: string
  /** Absent for a token that may not change the ruleset. */
  readonly bypass_actors?: readonly BypassActor[]
  readonly conditions?: {
    readonly ref_name?: { readonly include?: string[]; readonly exclude?: string[] }
  } | null
  readonly rules?: readonly Rule[]
}
