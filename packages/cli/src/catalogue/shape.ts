// The shape of catalogue.generated.json, which scripts/cli-catalogue.ts writes from the registry of operations.

export interface Field {
  /** As the API calls it. */
  readonly name: string
  /** `texts`: a list of names; `names`: the same, some of which may be objects. */
  readonly type: 'text' | 'number' | 'boolean' | 'texts' | 'names' | 'json' | 'value'
  readonly required?: true
  readonly choices?: readonly string[]
  readonly description?: string
}

/** A word on the command line, and the parameters that its parts go to: `NAMESPACE/KEY` has two. */
export interface Operand {
  readonly name: string
  readonly description: string
  readonly into: readonly { readonly in: 'path' | 'body'; readonly name: string }[]
}

export interface CatalogueEntry {
  readonly words: readonly string[]
  readonly aliases?: readonly (readonly string[])[]
  readonly summary: string
  readonly description?: string
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  readonly path: string
  readonly operands: readonly Operand[]
  readonly query: readonly Field[]
  /** Absent: the request has none. */
  readonly body?: readonly Field[]
  /** Takes dryRun, message and preconditions. */
  readonly writes?: true
  /** Answers pages of items. */
  readonly pages?: true
  /** Columns of its table, where it answers items. */
  readonly columns?: readonly string[]
}

export interface Catalogue {
  readonly entries: readonly CatalogueEntry[]
}
