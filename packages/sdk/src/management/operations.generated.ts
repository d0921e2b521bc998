// Every operation of the server as a typed method. Made from the registry by `node scripts/client.ts`; not to be changed by hand.
/* oxlint-disable max-lines -- one generated table */
import type { Answer, Options, WriteOptions } from './answer.ts'

export interface Operations {
  /** Read resolved values: `GET /values` */
  readonly readValues: (
    request?: Options & {
      readonly query?: {
        /** Needed unless the API key is bound to exactly one. */
        readonly environment?: string | undefined
        /** A revision of the tenant, a point such as 812-450, or a time (RFC 3339). */
        readonly at?: string | undefined
        readonly explain?: boolean | undefined
        readonly format?: 'json' | 'yaml' | 'env' | 'properties' | 'toml' | 'docker' | 'configmap' | undefined
        readonly layout?: 'flat' | 'nested' | undefined
        readonly namespace?: string | undefined
        readonly application?: string | undefined
      }
    },
  ) => Promise<
    Answer<{
      readonly environment: string
      readonly application?: string | undefined
      readonly values: Readonly<Record<string, unknown>>
      readonly explanation?:
        | readonly {
            readonly namespace: string
            readonly key: string
            readonly pointer: string
            readonly winner?:
              | {
                  readonly layer: string
                  readonly environment?: string | undefined
                  readonly log: 'platform' | 'tenant'
                  readonly revision: number
                  readonly version: number
                  readonly author?: string | undefined
                  readonly value?: unknown
                  readonly removed?: true | undefined
                  readonly hidden?: true | undefined
                }
              | undefined
            readonly shadowed: readonly {
              readonly layer: string
              readonly environment?: string | undefined
              readonly log: 'platform' | 'tenant'
              readonly revision: number
              readonly version: number
              readonly author?: string | undefined
              readonly value?: unknown
              readonly removed?: true | undefined
              readonly hidden?: true | undefined
              readonly reason: 'weaker' | 'duplicate' | 'policy' | 'invalid' | 'reference'
            }[]
          }[]
        | undefined
    }>
  >
  /** Read the resolved values of a namespace: `GET /values/{ns}` */
  readonly readNamespaceValues: (
    request: Options & {
      readonly path: {
        readonly ns: string
      }
      readonly query?: {
        /** Needed unless the API key is bound to exactly one. */
        readonly environment?: string | undefined
        /** A revision of the tenant, a point such as 812-450, or a time (RFC 3339). */
        readonly at?: string | undefined
        readonly explain?: boolean | undefined
        readonly format?: 'json' | 'yaml' | 'env' | 'properties' | 'toml' | 'docker' | 'configmap' | undefined
        readonly layout?: 'flat' | 'nested' | undefined
      }
    },
  ) => Promise<
    Answer<{
      readonly environment: string
      readonly application?: string | undefined
      readonly values: Readonly<Record<string, unknown>>
      readonly explanation?:
        | readonly {
            readonly namespace: string
            readonly key: string
            readonly pointer: string
            readonly winner?:
              | {
                  readonly layer: string
                  readonly environment?: string | undefined
                  readonly log: 'platform' | 'tenant'
                  readonly revision: number
                  readonly version: number
                  readonly author?: string | undefined
                  readonly value?: unknown
                  readonly removed?: true | undefined
                  readonly hidden?: true | undefined
                }
              | undefined
            readonly shadowed: readonly {
              readonly layer: string
              readonly environment?: string | undefined
              readonly log: 'platform' | 'tenant'
              readonly revision: number
              readonly version: number
              readonly author?: string | undefined
              readonly value?: unknown
              readonly removed?: true | undefined
              readonly hidden?: true | undefined
              readonly reason: 'weaker' | 'duplicate' | 'policy' | 'invalid' | 'reference'
            }[]
          }[]
        | undefined
    }>
  >
  /** Read one resolved value: `GET /values/{ns}/{key}` */
  readonly readValue: (
    request: Options & {
      readonly path: {
        readonly ns: string
        readonly key: string
      }
      readonly query?: {
        /** Needed unless the API key is bound to exactly one. */
        readonly environment?: string | undefined
        /** A revision of the tenant, a point such as 812-450, or a time (RFC 3339). */
        readonly at?: string | undefined
        readonly explain?: boolean | undefined
      }
    },
  ) => Promise<
    Answer<{
      readonly namespace: string
      readonly key: string
      readonly environment: string
      readonly type: string
      readonly value: unknown
      readonly explanation?:
        | readonly {
            readonly namespace: string
            readonly key: string
            readonly pointer: string
            readonly winner?:
              | {
                  readonly layer: string
                  readonly environment?: string | undefined
                  readonly log: 'platform' | 'tenant'
                  readonly revision: number
                  readonly version: number
                  readonly author?: string | undefined
                  readonly value?: unknown
                  readonly removed?: true | undefined
                  readonly hidden?: true | undefined
                }
              | undefined
            readonly shadowed: readonly {
              readonly layer: string
              readonly environment?: string | undefined
              readonly log: 'platform' | 'tenant'
              readonly revision: number
              readonly version: number
              readonly author?: string | undefined
              readonly value?: unknown
              readonly removed?: true | undefined
              readonly hidden?: true | undefined
              readonly reason: 'weaker' | 'duplicate' | 'policy' | 'invalid' | 'reference'
            }[]
          }[]
        | undefined
    }>
  >
  /** List namespaces: `GET /namespaces` */
  readonly listNamespaces: (
    request?: Options & {
      readonly query?: {
        readonly limit?: number | undefined
        readonly cursor?: string | undefined
        readonly q?: string | undefined
        /** A field; with - before it from high to low. */
        readonly sort?: string | undefined
        readonly definedBy?: string | undefined
        readonly closed?: boolean | undefined
      }
    },
  ) => Promise<
    Answer<{
      readonly items: readonly {
        readonly name: string
        readonly displayName?: string | undefined
        readonly description?: string | undefined
        readonly closed?: boolean | undefined
        readonly id: string
        readonly definedBy: 'platform' | 'tenant'
        /** Of what a PUT would write; 0 while that is not there. */
        readonly version: number
        readonly revision: number
        readonly createdAt: string
        readonly createdBy: string
        readonly updatedAt: string
        readonly updatedBy: string
      }[]
      readonly next: string | null
    }>
  >
  /** Create a namespace: `POST /namespaces` */
  readonly createNamespace: (
    request: WriteOptions & {
      readonly body: {
        readonly name: string
        readonly displayName?: string | undefined
        readonly description?: string | undefined
        /** Of a platform namespace: tenants add no keys to it. */
        readonly closed?: boolean | undefined
      }
    },
  ) => Promise<
    Answer<{
      readonly name: string
      readonly displayName?: string | undefined
      readonly description?: string | undefined
      readonly closed?: boolean | undefined
      readonly id: string
      readonly definedBy: 'platform' | 'tenant'
      /** Of what a PUT would write; 0 while that is not there. */
      readonly version: number
      readonly revision: number
      readonly createdAt: string
      readonly createdBy: string
      readonly updatedAt: string
      readonly updatedBy: string
    }>
  >
  /** Read a namespace: `GET /namespaces/{ns}` */
  readonly readNamespace: (
    request: Options & {
      readonly path: {
        /** A name or an id. */
        readonly ns: string
      }
    },
  ) => Promise<
    Answer<{
      readonly name: string
      readonly displayName?: string | undefined
      readonly description?: string | undefined
      readonly closed?: boolean | undefined
      readonly id: string
      readonly definedBy: 'platform' | 'tenant'
      /** Of what a PUT would write; 0 while that is not there. */
      readonly version: number
      readonly revision: number
      readonly createdAt: string
      readonly createdBy: string
      readonly updatedAt: string
      readonly updatedBy: string
    }>
  >
  /** Replace or create a namespace: `PUT /namespaces/{ns}` */
  readonly putNamespace: (
    request: WriteOptions & {
      readonly path: {
        /** A name or an id. */
        readonly ns: string
      }
      readonly body: {
        readonly displayName?: string | undefined
        readonly description?: string | undefined
        /** Of a platform namespace: tenants add no keys to it. */
        readonly closed?: boolean | undefined
      }
    },
  ) => Promise<
    Answer<{
      readonly name: string
      readonly displayName?: string | undefined
      readonly description?: string | undefined
      readonly closed?: boolean | undefined
      readonly id: string
      readonly definedBy: 'platform' | 'tenant'
      /** Of what a PUT would write; 0 while that is not there. */
      readonly version: number
      readonly revision: number
      readonly createdAt: string
      readonly createdBy: string
      readonly updatedAt: string
      readonly updatedBy: string
    }>
  >
  /** Patch a namespace: `PATCH /namespaces/{ns}` */
  readonly patchNamespace: (
    request: WriteOptions & {
      readonly path: {
        /** A name or an id. */
        readonly ns: string
      }
      readonly body: unknown
      readonly mediaType?: 'application/json' | 'application/merge-patch+json' | 'application/json-patch+json'
    },
  ) => Promise<
    Answer<{
      readonly name: string
      readonly displayName?: string | undefined
      readonly description?: string | undefined
      readonly closed?: boolean | undefined
      readonly id: string
      readonly definedBy: 'platform' | 'tenant'
      /** Of what a PUT would write; 0 while that is not there. */
      readonly version: number
      readonly revision: number
      readonly createdAt: string
      readonly createdBy: string
      readonly updatedAt: string
      readonly updatedBy: string
    }>
  >
  /** Delete a namespace: `DELETE /namespaces/{ns}` */
  readonly deleteNamespace: (
    request: WriteOptions & {
      readonly path: {
        /** A name or an id. */
        readonly ns: string
      }
      readonly query?: {
        /** Its configs and their overrides too, in the same commit. */
        readonly cascade?: boolean | undefined
      }
    },
  ) => Promise<Answer<undefined>>
  /** List the configs of a namespace: `GET /namespaces/{ns}/configs` */
  readonly listNamespaceConfigs: (
    request: Options & {
      readonly path: {
        /** A name or an id. */
        readonly ns: string
      }
      readonly query?: {
        readonly limit?: number | undefined
        readonly cursor?: string | undefined
        readonly q?: string | undefined
        /** A field; with - before it from high to low. */
        readonly sort?: string | undefined
        readonly type?: string | undefined
        readonly definedBy?: string | undefined
        readonly combine?: string | undefined
      }
    },
  ) => Promise<
    Answer<{
      readonly items: readonly {
        readonly namespace: string
        readonly key: string
        readonly layer: string
        readonly environment?: string | undefined
        readonly type: string
        /** As it is written in the own layer; absent where there is none. */
        readonly value?: unknown
        readonly validation?: unknown
        readonly combine?: unknown
        readonly description?: unknown
        readonly policy?: unknown
        readonly dormant?: true | undefined
        readonly id: string
        readonly definedBy: 'platform' | 'tenant'
        /** Of what a PUT would write; 0 while that is not there. */
        readonly version: number
        readonly revision: number
        readonly createdAt: string
        readonly createdBy: string
        readonly updatedAt: string
        readonly updatedBy: string
      }[]
      readonly next: string | null
    }>
  >
  /** Create a config: `POST /namespaces/{ns}/configs` */
  readonly createNamespaceConfig: (
    request: WriteOptions & {
      readonly path: {
        /** A name or an id. */
        readonly ns: string
      }
      readonly body: {
        readonly key: string
        readonly type: 'string' | 'number' | 'boolean' | 'select' | 'json'
        readonly value?: unknown
        readonly validation?: Readonly<Record<string, unknown>> | undefined
        readonly combine?: 'replace' | 'merge' | 'append' | undefined
        readonly description?: string | undefined
      }
    },
  ) => Promise<
    Answer<{
      readonly namespace: string
      readonly key: string
      readonly layer: string
      readonly environment?: string | undefined
      readonly type: string
      /** As it is written in the own layer; absent where there is none. */
      readonly value?: unknown
      readonly validation?: unknown
      readonly combine?: unknown
      readonly description?: unknown
      readonly policy?: unknown
      readonly dormant?: true | undefined
      readonly id: string
      readonly definedBy: 'platform' | 'tenant'
      /** Of what a PUT would write; 0 while that is not there. */
      readonly version: number
      readonly revision: number
      readonly createdAt: string
      readonly createdBy: string
      readonly updatedAt: string
      readonly updatedBy: string
    }>
  >
  /** Read a config: `GET /namespaces/{ns}/configs/{key}` */
  readonly readNamespaceConfig: (
    request: Options & {
      readonly path: {
        /** A name or an id. */
        readonly ns: string
        readonly key: string
      }
      readonly query?: {
        /** The override in this environment; without it the base value. */
        readonly environment?: string | undefined
      }
    },
  ) => Promise<
    Answer<{
      readonly namespace: string
      readonly key: string
      readonly layer: string
      readonly environment?: string | undefined
      readonly type: string
      /** As it is written in the own layer; absent where there is none. */
      readonly value?: unknown
      readonly validation?: unknown
      readonly combine?: unknown
      readonly description?: unknown
      readonly policy?: unknown
      readonly dormant?: true | undefined
      readonly id: string
      readonly definedBy: 'platform' | 'tenant'
      /** Of what a PUT would write; 0 while that is not there. */
      readonly version: number
      readonly revision: number
      readonly createdAt: string
      readonly createdBy: string
      readonly updatedAt: string
      readonly updatedBy: string
    }>
  >
  /** Set a value, or replace the definition: `PUT /namespaces/{ns}/configs/{key}` */
  readonly putNamespaceConfig: (
    request: WriteOptions & {
      readonly path: {
        /** A name or an id. */
        readonly ns: string
        readonly key: string
      }
      readonly query?: {
        /** The override in this environment; without it the base value. */
        readonly environment?: string | undefined
      }
      readonly body: {
        readonly type?: 'string' | 'number' | 'boolean' | 'select' | 'json' | undefined
        readonly value?: unknown
        readonly validation?: Readonly<Record<string, unknown>> | undefined
        readonly combine?: 'replace' | 'merge' | 'append' | undefined
        readonly description?: string | undefined
      }
    },
  ) => Promise<
    Answer<{
      readonly namespace: string
      readonly key: string
      readonly layer: string
      readonly environment?: string | undefined
      readonly type: string
      /** As it is written in the own layer; absent where there is none. */
      readonly value?: unknown
      readonly validation?: unknown
      readonly combine?: unknown
      readonly description?: unknown
      readonly policy?: unknown
      readonly dormant?: true | undefined
      readonly id: string
      readonly definedBy: 'platform' | 'tenant'
      /** Of what a PUT would write; 0 while that is not there. */
      readonly version: number
      readonly revision: number
      readonly createdAt: string
      readonly createdBy: string
      readonly updatedAt: string
      readonly updatedBy: string
    }>
  >
  /** Patch a config: `PATCH /namespaces/{ns}/configs/{key}` */
  readonly patchNamespaceConfig: (
    request: WriteOptions & {
      readonly path: {
        /** A name or an id. */
        readonly ns: string
        readonly key: string
      }
      readonly query?: {
        /** The override in this environment; without it the base value. */
        readonly environment?: string | undefined
      }
      readonly body: unknown
      readonly mediaType?: 'application/json' | 'application/merge-patch+json' | 'application/json-patch+json'
    },
  ) => Promise<
    Answer<{
      readonly namespace: string
      readonly key: string
      readonly layer: string
      readonly environment?: string | undefined
      readonly type: string
      /** As it is written in the own layer; absent where there is none. */
      readonly value?: unknown
      readonly validation?: unknown
      readonly combine?: unknown
      readonly description?: unknown
      readonly policy?: unknown
      readonly dormant?: true | undefined
      readonly id: string
      readonly definedBy: 'platform' | 'tenant'
      /** Of what a PUT would write; 0 while that is not there. */
      readonly version: number
      readonly revision: number
      readonly createdAt: string
      readonly createdBy: string
      readonly updatedAt: string
      readonly updatedBy: string
    }>
  >
  /** Delete a config or an override: `DELETE /namespaces/{ns}/configs/{key}` */
  readonly deleteNamespaceConfig: (
    request: WriteOptions & {
      readonly path: {
        /** A name or an id. */
        readonly ns: string
        readonly key: string
      }
      readonly query?: {
        /** The override in this environment; without it the base value. */
        readonly environment?: string | undefined
      }
    },
  ) => Promise<Answer<undefined>>
  /** Read what a key is worth in each environment: `GET /namespaces/{ns}/configs/{key}/effective` */
  readonly listNamespaceConfigEffective: (
    request: Options & {
      readonly path: {
        /** A name or an id. */
        readonly ns: string
        readonly key: string
      }
      readonly query?: {
        /** The override in this environment; without it the base value. */
        readonly environment?: string | undefined
      }
    },
  ) => Promise<
    Answer<{
      readonly items: readonly {
        readonly environment: string
        readonly value?: unknown
        readonly winner?:
          | {
              readonly layer: string
              readonly environment?: string | undefined
              readonly log: 'platform' | 'tenant'
              readonly revision: number
              readonly version: number
              readonly author?: string | undefined
              readonly value?: unknown
              readonly hidden?: true | undefined
            }
          | undefined
        readonly inert: readonly {
          readonly layer: string
          readonly environment?: string | undefined
          readonly log: 'platform' | 'tenant'
          readonly revision: number
          readonly version: number
          readonly author?: string | undefined
          readonly value?: unknown
          readonly hidden?: true | undefined
          readonly reason: string
          readonly rule: string
        }[]
      }[]
    }>
  >
  /** Read the history of a key: `GET /namespaces/{ns}/configs/{key}/history` */
  readonly listNamespaceConfigHistory: (
    request: Options & {
      readonly path: {
        /** A name or an id. */
        readonly ns: string
        readonly key: string
      }
      readonly query?: {
        readonly limit?: number | undefined
        readonly cursor?: string | undefined
        /** The override in this environment; without it the base value. */
        readonly environment?: string | undefined
      }
    },
  ) => Promise<
    Answer<{
      readonly items: readonly {
        readonly version: number
        readonly changeType: 'create' | 'update' | 'delete'
        readonly value?: unknown
        readonly environment?: string | undefined
        readonly layer?: string | undefined
        readonly changedAt: string
        readonly changedBy: string
        readonly revision: number
        readonly message?: string | undefined
      }[]
      readonly next: string | null
    }>
  >
  /** Roll a config back to a version: `POST /namespaces/{ns}/configs/{key}/rollback` */
  readonly rollbackNamespaceConfig: (
    request: WriteOptions & {
      readonly path: {
        /** A name or an id. */
        readonly ns: string
        readonly key: string
      }
      readonly body: {
        readonly version: number
        readonly environment?: string | undefined
      }
    },
  ) => Promise<
    Answer<{
      readonly namespace: string
      readonly key: string
      readonly layer: string
      readonly environment?: string | undefined
      readonly type: string
      /** As it is written in the own layer; absent where there is none. */
      readonly value?: unknown
      readonly validation?: unknown
      readonly combine?: unknown
      readonly description?: unknown
      readonly policy?: unknown
      readonly dormant?: true | undefined
      readonly id: string
      readonly definedBy: 'platform' | 'tenant'
      /** Of what a PUT would write; 0 while that is not there. */
      readonly version: number
      readonly revision: number
      readonly createdAt: string
      readonly createdBy: string
      readonly updatedAt: string
      readonly updatedBy: string
    }>
  >
  /** List configs across namespaces: `GET /configs` */
  readonly listConfigs: (
    request?: Options & {
      readonly query?: {
        readonly limit?: number | undefined
        readonly cursor?: string | undefined
        readonly q?: string | undefined
        /** A field; with - before it from high to low. */
        readonly sort?: string | undefined
        /** A name or an id. */
        readonly namespace?: string | undefined
        readonly type?: string | undefined
        readonly definedBy?: string | undefined
        readonly combine?: string | undefined
      }
    },
  ) => Promise<
    Answer<{
      readonly items: readonly {
        readonly namespace: string
        readonly key: string
        readonly layer: string
        readonly environment?: string | undefined
        readonly type: string
        /** As it is written in the own layer; absent where there is none. */
        readonly value?: unknown
        readonly validation?: unknown
        readonly combine?: unknown
        readonly description?: unknown
        readonly policy?: unknown
        readonly dormant?: true | undefined
        readonly id: string
        readonly definedBy: 'platform' | 'tenant'
        /** Of what a PUT would write; 0 while that is not there. */
        readonly version: number
        readonly revision: number
        readonly createdAt: string
        readonly createdBy: string
        readonly updatedAt: string
        readonly updatedBy: string
      }[]
      readonly next: string | null
    }>
  >
  /** Create a config in a named namespace: `POST /configs` */
  readonly createConfig: (
    request: WriteOptions & {
      readonly body: {
        /** A name or an id. */
        readonly namespace: string
        readonly key: string
        readonly type: 'string' | 'number' | 'boolean' | 'select' | 'json'
        readonly value?: unknown
        readonly validation?: Readonly<Record<string, unknown>> | undefined
        readonly combine?: 'replace' | 'merge' | 'append' | undefined
        readonly description?: string | undefined
      }
    },
  ) => Promise<
    Answer<{
      readonly namespace: string
      readonly key: string
      readonly layer: string
      readonly environment?: string | undefined
      readonly type: string
      /** As it is written in the own layer; absent where there is none. */
      readonly value?: unknown
      readonly validation?: unknown
      readonly combine?: unknown
      readonly description?: unknown
      readonly policy?: unknown
      readonly dormant?: true | undefined
      readonly id: string
      readonly definedBy: 'platform' | 'tenant'
      /** Of what a PUT would write; 0 while that is not there. */
      readonly version: number
      readonly revision: number
      readonly createdAt: string
      readonly createdBy: string
      readonly updatedAt: string
      readonly updatedBy: string
    }>
  >
  /** Read a config by its id: `GET /configs/{id}` */
  readonly readConfig: (
    request: Options & {
      readonly path: {
        readonly id: string
      }
      readonly query?: {
        /** The override in this environment; without it the base value. */
        readonly environment?: string | undefined
      }
    },
  ) => Promise<
    Answer<{
      readonly namespace: string
      readonly key: string
      readonly layer: string
      readonly environment?: string | undefined
      readonly type: string
      /** As it is written in the own layer; absent where there is none. */
      readonly value?: unknown
      readonly validation?: unknown
      readonly combine?: unknown
      readonly description?: unknown
      readonly policy?: unknown
      readonly dormant?: true | undefined
      readonly id: string
      readonly definedBy: 'platform' | 'tenant'
      /** Of what a PUT would write; 0 while that is not there. */
      readonly version: number
      readonly revision: number
      readonly createdAt: string
      readonly createdBy: string
      readonly updatedAt: string
      readonly updatedBy: string
    }>
  >
  /** Set a value, or replace the definition, by id: `PUT /configs/{id}` */
  readonly putConfig: (
    request: WriteOptions & {
      readonly path: {
        readonly id: string
      }
      readonly query?: {
        /** The override in this environment; without it the base value. */
        readonly environment?: string | undefined
      }
      readonly body: {
        readonly type?: 'string' | 'number' | 'boolean' | 'select' | 'json' | undefined
        readonly value?: unknown
        readonly validation?: Readonly<Record<string, unknown>> | undefined
        readonly combine?: 'replace' | 'merge' | 'append' | undefined
        readonly description?: string | undefined
      }
    },
  ) => Promise<
    Answer<{
      readonly namespace: string
      readonly key: string
      readonly layer: string
      readonly environment?: string | undefined
      readonly type: string
      /** As it is written in the own layer; absent where there is none. */
      readonly value?: unknown
      readonly validation?: unknown
      readonly combine?: unknown
      readonly description?: unknown
      readonly policy?: unknown
      readonly dormant?: true | undefined
      readonly id: string
      readonly definedBy: 'platform' | 'tenant'
      /** Of what a PUT would write; 0 while that is not there. */
      readonly version: number
      readonly revision: number
      readonly createdAt: string
      readonly createdBy: string
      readonly updatedAt: string
      readonly updatedBy: string
    }>
  >
  /** Patch a config by its id: `PATCH /configs/{id}` */
  readonly patchConfig: (
    request: WriteOptions & {
      readonly path: {
        readonly id: string
      }
      readonly query?: {
        /** The override in this environment; without it the base value. */
        readonly environment?: string | undefined
      }
      readonly body: unknown
      readonly mediaType?: 'application/json' | 'application/merge-patch+json' | 'application/json-patch+json'
    },
  ) => Promise<
    Answer<{
      readonly namespace: string
      readonly key: string
      readonly layer: string
      readonly environment?: string | undefined
      readonly type: string
      /** As it is written in the own layer; absent where there is none. */
      readonly value?: unknown
      readonly validation?: unknown
      readonly combine?: unknown
      readonly description?: unknown
      readonly policy?: unknown
      readonly dormant?: true | undefined
      readonly id: string
      readonly definedBy: 'platform' | 'tenant'
      /** Of what a PUT would write; 0 while that is not there. */
      readonly version: number
      readonly revision: number
      readonly createdAt: string
      readonly createdBy: string
      readonly updatedAt: string
      readonly updatedBy: string
    }>
  >
  /** Delete a config or an override by its id: `DELETE /configs/{id}` */
  readonly deleteConfig: (
    request: WriteOptions & {
      readonly path: {
        readonly id: string
      }
      readonly query?: {
        /** The override in this environment; without it the base value. */
        readonly environment?: string | undefined
      }
    },
  ) => Promise<Answer<undefined>>
  /** List overrides, and what is inert: `GET /overrides` */
  readonly listOverrides: (
    request?: Options & {
      readonly query?: {
        readonly limit?: number | undefined
        readonly cursor?: string | undefined
        readonly q?: string | undefined
        /** A field; with - before it from high to low. */
        readonly sort?: string | undefined
        /** A name or an id. */
        readonly namespace?: string | undefined
        readonly environment?: string | undefined
        /** true: only what a rule forbids now; false: only what is alive everywhere. */
        readonly inert?: boolean | undefined
      }
    },
  ) => Promise<
    Answer<{
      readonly items: readonly {
        readonly id: string
        readonly namespace: string
        readonly key: string
        readonly layer: string
        readonly environment?: string | undefined
        readonly value: unknown
        readonly version: number
        readonly revision: number
        readonly updatedAt: string
        readonly updatedBy: string
        readonly inert: readonly {
          readonly environment?: string | undefined
          readonly reason: string
          readonly rule: string
        }[]
      }[]
      readonly next: string | null
    }>
  >
  /** List environments: `GET /environments` */
  readonly listEnvironments: (
    request?: Options & {
      readonly query?: {
        readonly limit?: number | undefined
        readonly cursor?: string | undefined
        readonly q?: string | undefined
        /** A field; with - before it from high to low. */
        readonly sort?: string | undefined
        readonly definedBy?: string | undefined
        readonly parent?: string | undefined
        readonly protected?: boolean | undefined
      }
    },
  ) => Promise<
    Answer<{
      readonly items: readonly {
        readonly name: string
        readonly displayName?: string | undefined
        readonly description?: string | undefined
        readonly parent?: string | undefined
        readonly protected: boolean
        readonly order: number
        readonly id: string
        readonly definedBy: 'platform' | 'tenant'
        /** Of what a PUT would write; 0 while that is not there. */
        readonly version: number
        readonly revision: number
        readonly createdAt: string
        readonly createdBy: string
        readonly updatedAt: string
        readonly updatedBy: string
      }[]
      readonly next: string | null
    }>
  >
  /** Create an environment: `POST /environments` */
  readonly createEnvironment: (
    request: WriteOptions & {
      readonly body: {
        readonly name: string
        readonly displayName?: string | undefined
        readonly description?: string | undefined
        readonly parent?: string | undefined
        readonly protected?: boolean | undefined
        readonly order?: number | undefined
      }
    },
  ) => Promise<
    Answer<{
      readonly name: string
      readonly displayName?: string | undefined
      readonly description?: string | undefined
      readonly parent?: string | undefined
      readonly protected: boolean
      readonly order: number
      readonly id: string
      readonly definedBy: 'platform' | 'tenant'
      /** Of what a PUT would write; 0 while that is not there. */
      readonly version: number
      readonly revision: number
      readonly createdAt: string
      readonly createdBy: string
      readonly updatedAt: string
      readonly updatedBy: string
    }>
  >
  /** Read an environment: `GET /environments/{name}` */
  readonly readEnvironment: (
    request: Options & {
      readonly path: {
        /** A name or an id. */
        readonly name: string
      }
    },
  ) => Promise<
    Answer<{
      readonly name: string
      readonly displayName?: string | undefined
      readonly description?: string | undefined
      readonly parent?: string | undefined
      readonly protected: boolean
      readonly order: number
      readonly id: string
      readonly definedBy: 'platform' | 'tenant'
      /** Of what a PUT would write; 0 while that is not there. */
      readonly version: number
      readonly revision: number
      readonly createdAt: string
      readonly createdBy: string
      readonly updatedAt: string
      readonly updatedBy: string
    }>
  >
  /** Replace or create an environment: `PUT /environments/{name}` */
  readonly putEnvironment: (
    request: WriteOptions & {
      readonly path: {
        /** A name or an id. */
        readonly name: string
      }
      readonly body: {
        readonly displayName?: string | undefined
        readonly description?: string | undefined
        readonly parent?: string | undefined
        readonly protected?: boolean | undefined
        readonly order?: number | undefined
      }
    },
  ) => Promise<
    Answer<{
      readonly name: string
      readonly displayName?: string | undefined
      readonly description?: string | undefined
      readonly parent?: string | undefined
      readonly protected: boolean
      readonly order: number
      readonly id: string
      readonly definedBy: 'platform' | 'tenant'
      /** Of what a PUT would write; 0 while that is not there. */
      readonly version: number
      readonly revision: number
      readonly createdAt: string
      readonly createdBy: string
      readonly updatedAt: string
      readonly updatedBy: string
    }>
  >
  /** Patch an environment: `PATCH /environments/{name}` */
  readonly patchEnvironment: (
    request: WriteOptions & {
      readonly path: {
        /** A name or an id. */
        readonly name: string
      }
      readonly body: unknown
      readonly mediaType?: 'application/json' | 'application/merge-patch+json' | 'application/json-patch+json'
    },
  ) => Promise<
    Answer<{
      readonly name: string
      readonly displayName?: string | undefined
      readonly description?: string | undefined
      readonly parent?: string | undefined
      readonly protected: boolean
      readonly order: number
      readonly id: string
      readonly definedBy: 'platform' | 'tenant'
      /** Of what a PUT would write; 0 while that is not there. */
      readonly version: number
      readonly revision: number
      readonly createdAt: string
      readonly createdBy: string
      readonly updatedAt: string
      readonly updatedBy: string
    }>
  >
  /** Delete an environment: `DELETE /environments/{name}` */
  readonly deleteEnvironment: (
    request: WriteOptions & {
      readonly path: {
        /** A name or an id. */
        readonly name: string
      }
    },
  ) => Promise<Answer<undefined>>
  /** List applications: `GET /applications` */
  readonly listApplications: (
    request?: Options & {
      readonly query?: {
        readonly limit?: number | undefined
        readonly cursor?: string | undefined
        readonly q?: string | undefined
        /** A field; with - before it from high to low. */
        readonly sort?: string | undefined
        readonly owner?: string | undefined
        readonly contactEmail?: string | undefined
        /** Those that read this namespace. */
        readonly namespace?: string | undefined
      }
    },
  ) => Promise<
    Answer<{
      readonly items: readonly {
        readonly name: string
        readonly displayName?: string | undefined
        readonly description?: string | undefined
        /** Who answers for it: a team or a person. */
        readonly owner?: string | undefined
        readonly contactEmail?: string | undefined
        /** In the order in which they are read: later ones win. */
        readonly namespaces: readonly string[]
        readonly id: string
        readonly definedBy: 'platform' | 'tenant'
        /** Of what a PUT would write; 0 while that is not there. */
        readonly version: number
        readonly revision: number
        readonly createdAt: string
        readonly createdBy: string
        readonly updatedAt: string
        readonly updatedBy: string
      }[]
      readonly next: string | null
    }>
  >
  /** Create an application: `POST /applications` */
  readonly createApplication: (
    request: WriteOptions & {
      readonly body: {
        readonly name: string
        readonly displayName?: string | undefined
        readonly description?: string | undefined
        /** Who answers for it: a team or a person. */
        readonly owner?: string | undefined
        readonly contactEmail?: string | undefined
        /** In the order in which they are read: later ones win. */
        readonly namespaces?: readonly string[] | undefined
      }
    },
  ) => Promise<
    Answer<{
      readonly name: string
      readonly displayName?: string | undefined
      readonly description?: string | undefined
      /** Who answers for it: a team or a person. */
      readonly owner?: string | undefined
      readonly contactEmail?: string | undefined
      /** In the order in which they are read: later ones win. */
      readonly namespaces: readonly string[]
      readonly id: string
      readonly definedBy: 'platform' | 'tenant'
      /** Of what a PUT would write; 0 while that is not there. */
      readonly version: number
      readonly revision: number
      readonly createdAt: string
      readonly createdBy: string
      readonly updatedAt: string
      readonly updatedBy: string
    }>
  >
  /** Read an application: `GET /applications/{id}` */
  readonly readApplication: (
    request: Options & {
      readonly path: {
        /** A name or an id. */
        readonly id: string
      }
    },
  ) => Promise<
    Answer<{
      readonly name: string
      readonly displayName?: string | undefined
      readonly description?: string | undefined
      /** Who answers for it: a team or a person. */
      readonly owner?: string | undefined
      readonly contactEmail?: string | undefined
      /** In the order in which they are read: later ones win. */
      readonly namespaces: readonly string[]
      readonly id: string
      readonly definedBy: 'platform' | 'tenant'
      /** Of what a PUT would write; 0 while that is not there. */
      readonly version: number
      readonly revision: number
      readonly createdAt: string
      readonly createdBy: string
      readonly updatedAt: string
      readonly updatedBy: string
    }>
  >
  /** Replace or create an application: `PUT /applications/{id}` */
  readonly putApplication: (
    request: WriteOptions & {
      readonly path: {
        /** A name or an id. */
        readonly id: string
      }
      readonly body: {
        readonly displayName?: string | undefined
        readonly description?: string | undefined
        /** Who answers for it: a team or a person. */
        readonly owner?: string | undefined
        readonly contactEmail?: string | undefined
        /** In the order in which they are read: later ones win. */
        readonly namespaces?: readonly string[] | undefined
      }
    },
  ) => Promise<
    Answer<{
      readonly name: string
      readonly displayName?: string | undefined
      readonly description?: string | undefined
      /** Who answers for it: a team or a person. */
      readonly owner?: string | undefined
      readonly contactEmail?: string | undefined
      /** In the order in which they are read: later ones win. */
      readonly namespaces: readonly string[]
      readonly id: string
      readonly definedBy: 'platform' | 'tenant'
      /** Of what a PUT would write; 0 while that is not there. */
      readonly version: number
      readonly revision: number
      readonly createdAt: string
      readonly createdBy: string
      readonly updatedAt: string
      readonly updatedBy: string
    }>
  >
  /** Patch an application: `PATCH /applications/{id}` */
  readonly patchApplication: (
    request: WriteOptions & {
      readonly path: {
        /** A name or an id. */
        readonly id: string
      }
      readonly body: unknown
      readonly mediaType?: 'application/json' | 'application/merge-patch+json' | 'application/json-patch+json'
    },
  ) => Promise<
    Answer<{
      readonly name: string
      readonly displayName?: string | undefined
      readonly description?: string | undefined
      /** Who answers for it: a team or a person. */
      readonly owner?: string | undefined
      readonly contactEmail?: string | undefined
      /** In the order in which they are read: later ones win. */
      readonly namespaces: readonly string[]
      readonly id: string
      readonly definedBy: 'platform' | 'tenant'
      /** Of what a PUT would write; 0 while that is not there. */
      readonly version: number
      readonly revision: number
      readonly createdAt: string
      readonly createdBy: string
      readonly updatedAt: string
      readonly updatedBy: string
    }>
  >
  /** Delete an application: `DELETE /applications/{id}` */
  readonly deleteApplication: (
    request: WriteOptions & {
      readonly path: {
        /** A name or an id. */
        readonly id: string
      }
    },
  ) => Promise<Answer<undefined>>
  /** List the configs of an application: `GET /applications/{id}/configs` */
  readonly listApplicationConfigs: (
    request: Options & {
      readonly path: {
        /** A name or an id. */
        readonly id: string
      }
      readonly query?: {
        readonly limit?: number | undefined
        readonly cursor?: string | undefined
        readonly q?: string | undefined
        /** A field; with - before it from high to low. */
        readonly sort?: string | undefined
        readonly namespace?: string | undefined
        readonly type?: string | undefined
        readonly definedBy?: string | undefined
        readonly combine?: string | undefined
        readonly wins?: boolean | undefined
      }
    },
  ) => Promise<
    Answer<{
      readonly items: readonly {
        readonly namespace: string
        readonly key: string
        readonly layer: string
        readonly environment?: string | undefined
        readonly type: string
        /** As it is written in the own layer; absent where there is none. */
        readonly value?: unknown
        readonly validation?: unknown
        readonly combine?: unknown
        readonly description?: unknown
        readonly policy?: unknown
        readonly dormant?: true | undefined
        readonly id: string
        readonly definedBy: 'platform' | 'tenant'
        /** Of what a PUT would write; 0 while that is not there. */
        readonly version: number
        readonly revision: number
        readonly createdAt: string
        readonly createdBy: string
        readonly updatedAt: string
        readonly updatedBy: string
        /** Which of the application's namespaces it is in, from 1. */
        readonly position: number
        /** Its value is what the application reads wherever it has one. */
        readonly wins: boolean
        /** The namespace whose key of the same name wins wherever that has a value. */
        readonly shadowedBy?: string | undefined
      }[]
      readonly next: string | null
    }>
  >
  /** Apply changes: `POST /changes` */
  readonly applyChanges: (
    request: WriteOptions & {
      readonly body: {
        readonly message?: string | undefined
        /** Refuse unless the log is at this revision; needed where protected environments are touched. */
        readonly ifRevision?: number | undefined
        readonly changes: readonly {
          readonly op: 'put' | 'delete'
          readonly resource: {
            /** namespace, config, override, environment … */
            readonly kind: string
            readonly metadata: {
              readonly name: string
              readonly namespace?: string | undefined
              readonly layer?: string | undefined
              readonly environment?: string | undefined
              readonly labels?: Readonly<Record<string, string>> | undefined
            }
            readonly spec?: Readonly<Record<string, unknown>> | undefined
          }
          /** The version that is expected; 0: nothing is there. */
          readonly ifVersion?: number | undefined
        }[]
      }
    },
  ) => Promise<
    Answer<{
      readonly revision: number
      /** null: nothing had to change, or a dry run. */
      readonly commit: string | null
      readonly results: readonly {
        readonly kind: string
        readonly name: string
        readonly version: number
      }[]
    }>
  >
  /** List commits: `GET /commits` */
  readonly listCommits: (
    request?: Options & {
      readonly query?: {
        readonly kind?: string | undefined
        /** An id, a name, or namespace/key. */
        readonly resource?: string | undefined
        readonly actor?: string | undefined
        /** A revision or an RFC 3339 time, the oldest to list. */
        readonly from?: string | undefined
        /** A revision or an RFC 3339 time, the newest to list. */
        readonly to?: string | undefined
        readonly limit?: number | undefined
        readonly cursor?: string | undefined
      }
    },
  ) => Promise<
    Answer<{
      readonly items: readonly {
        readonly revision: number
        readonly id: string
        readonly time: string
        readonly actor: string
        readonly origin: {
          readonly type: string
          readonly request?: string | undefined
          readonly of?: string | undefined
        }
        readonly message?: string | undefined
        readonly changes: number
      }[]
      readonly next: string | null
    }>
  >
  /** Read a commit: `GET /commits/{revision}` */
  readonly readCommit: (
    request: Options & {
      readonly path: {
        /** A revision, from 1. */
        readonly revision: string
      }
    },
  ) => Promise<
    Answer<{
      readonly revision: number
      readonly id: string
      readonly time: string
      readonly actor: string
      readonly origin: {
        readonly type: string
        readonly request?: string | undefined
        readonly of?: string | undefined
      }
      readonly message?: string | undefined
      readonly diff: readonly {
        readonly kind: string
        readonly name: string
        readonly namespace?: string | undefined
        readonly layer?: string | undefined
        readonly environment?: string | undefined
        readonly op: 'create' | 'update' | 'delete'
        /** The body before; null where there was none. */
        readonly before: unknown
        /** The body after; null where there is none. */
        readonly after: unknown
        readonly hidden?: true | undefined
      }[]
      readonly hidden: number
    }>
  >
  /** Revert a commit: `POST /commits/{revision}/revert` */
  readonly revertCommit: (
    request: WriteOptions & {
      readonly path: {
        /** A revision, from 1. */
        readonly revision: string
      }
      readonly query?: {
        /** fail: all or nothing. skip: what cannot go back stays as it is, and is listed. */
        readonly onConflict?: 'fail' | 'skip' | undefined
        /** Refuse unless the log is at this revision; needed where protected environments are touched. */
        readonly ifRevision?: number | undefined
      }
    },
  ) => Promise<
    Answer<{
      readonly revision: number
      readonly applied: readonly {
        readonly kind: string
        readonly name: string
        readonly namespace?: string | undefined
        readonly layer?: string | undefined
        readonly environment?: string | undefined
        readonly op: 'put' | 'delete'
        readonly version: number
      }[]
      readonly skipped: readonly {
        readonly kind: string
        readonly name: string
        readonly namespace?: string | undefined
        readonly layer?: string | undefined
        readonly environment?: string | undefined
        readonly code: string
        readonly detail: string
      }[]
      readonly stillDiffer: readonly {
        readonly kind: string
        readonly name: string
        readonly namespace?: string | undefined
        readonly layer?: string | undefined
        readonly environment?: string | undefined
      }[]
    }>
  >
  /** Restore configuration: `POST /restore` */
  readonly restore: (
    request: WriteOptions & {
      readonly body: {
        /** A revision, a point such as 812-450, or an RFC 3339 time. */
        readonly to: string
        /** Exactly one of them. */
        readonly scope: {
          readonly namespace?: string | undefined
          readonly environment?: string | undefined
          readonly tenant?: true | undefined
        }
        /** fail: all or nothing. skip: what cannot go back stays as it is, and is listed. */
        readonly onConflict?: 'fail' | 'skip' | undefined
        /** Refuse unless the log is at this revision; needed where protected environments are touched. */
        readonly ifRevision?: number | undefined
      }
    },
  ) => Promise<
    Answer<{
      readonly revision: number
      readonly applied: readonly {
        readonly kind: string
        readonly name: string
        readonly namespace?: string | undefined
        readonly layer?: string | undefined
        readonly environment?: string | undefined
        readonly op: 'put' | 'delete'
        readonly version: number
      }[]
      readonly skipped: readonly {
        readonly kind: string
        readonly name: string
        readonly namespace?: string | undefined
        readonly layer?: string | undefined
        readonly environment?: string | undefined
        readonly code: string
        readonly detail: string
      }[]
      readonly stillDiffer: readonly {
        readonly kind: string
        readonly name: string
        readonly namespace?: string | undefined
        readonly layer?: string | undefined
        readonly environment?: string | undefined
      }[]
    }>
  >
  /** Compare: `GET /diff` */
  readonly compare: (
    request?: Options & {
      readonly query?: {
        /** A revision, a point such as 812-450, or an RFC 3339 time. */
        readonly from?: string | undefined
        /** A revision, a point such as 812-450, or an RFC 3339 time. */
        readonly to?: string | undefined
        readonly environment?: string | undefined
        readonly fromEnvironment?: string | undefined
        readonly toEnvironment?: string | undefined
        readonly limit?: number | undefined
        readonly cursor?: string | undefined
      }
    },
  ) => Promise<
    Answer<{
      /** What was compared: a revision, a point, or an environment. */
      readonly from: string
      readonly to: string
      readonly items:
        | readonly {
            readonly namespace: string
            readonly key: string
            readonly op: 'create' | 'update' | 'delete'
            readonly before: unknown
            readonly after: unknown
          }[]
        | readonly {
            readonly kind: string
            readonly name: string
            readonly namespace?: string | undefined
            readonly layer?: string | undefined
            readonly environment?: string | undefined
            readonly op: 'create' | 'update' | 'delete'
            /** The body before; null where there was none. */
            readonly before: unknown
            /** The body after; null where there is none. */
            readonly after: unknown
            readonly hidden?: true | undefined
          }[]
      readonly next: string | null
    }>
  >
  /** Import a file: `POST /import` */
  readonly import: (
    request: WriteOptions & {
      readonly query?: {
        /** Left out, the media type tells it, or the file. `directory`: a JSON list of {name, text}. */
        readonly format?:
          | 'yaml'
          | 'json'
          | 'toml'
          | 'properties'
          | 'env'
          | 'docker'
          | 'configmap'
          | 'consul'
          | 'etcd'
          | 'directory'
          | 'manifest'
          | undefined
        /** The file's name: its namespace, where none is given. */
        readonly name?: string | undefined
        readonly namespace?: string | undefined
        readonly environment?: string | undefined
        /** fail: any difference refuses the import. skip: what is there stays. replace: the file wins. */
        readonly onConflict?: 'fail' | 'skip' | 'replace' | undefined
        readonly ifRevision?: number | undefined
        /** Of dumps of Consul and etcd: cut off the front of every path. */
        readonly prefix?: string | undefined
        /** Entries of a ConfigMap that are whole files: read as files, or kept as text. */
        readonly entries?: 'files' | 'text' | undefined
        /** What the profile of a file in a directory becomes; environment if left out. */
        readonly profileAs?: 'environment' | 'namespace' | undefined
        /** Profiles of a directory that no pair of files shows, with commas. */
        readonly profiles?: string | undefined
      }
      readonly body: string
      readonly mediaType?:
        | 'text/yaml'
        | 'text/x-yaml'
        | 'application/yaml'
        | 'application/x-yaml'
        | 'application/json'
        | 'application/x-java-properties'
        | 'text/x-java-properties'
        | 'application/toml'
        | 'text/plain'
    },
  ) => Promise<
    Answer<{
      readonly created: number
      readonly changed: number
      readonly unchanged: number
      readonly inferred: readonly {
        readonly namespace: string
        readonly key: string
        readonly type: string
      }[]
      readonly conflicts: readonly {
        readonly kind: string
        readonly name: string
        readonly namespace?: string | undefined
        readonly layer?: string | undefined
        readonly environment?: string | undefined
        /** repeated, types: the file contradicts itself. differs, type: what is there is another. refused: a rule forbids it. */
        readonly reason: string
        readonly detail: string
      }[]
      /** What each file of a directory was taken for, and the like. */
      readonly notes: readonly string[]
      readonly revision: number
      readonly commits: number
    }>
  >
  /** Export configuration: `GET /export` */
  readonly export: (
    request?: Options & {
      readonly query?: {
        /** Kinds, with commas between. */
        readonly kinds?: string | undefined
        readonly namespace?: string | undefined
        /** Of plain files: the values that are set for this environment alone. */
        readonly environment?: string | undefined
        /** yaml and json: manifests. All others: stored values, exactly, or refused by name. */
        readonly format?:
          | 'yaml'
          | 'json'
          | 'spring'
          | 'toml'
          | 'properties'
          | 'env'
          | 'docker'
          | 'configmap'
          | 'consul'
          | 'etcd'
          | undefined
        readonly layout?: 'flat' | 'nested' | undefined
      }
    },
  ) => Promise<Answer<string>>
  /** Preview changes: `POST /preview` */
  readonly createPreview: (
    request: Options & {
      readonly body: {
        readonly message?: string | undefined
        /** Refuse unless the log is at this revision; needed where protected environments are touched. */
        readonly ifRevision?: number | undefined
        readonly changes: readonly {
          readonly op: 'put' | 'delete'
          readonly resource: {
            /** namespace, config, override, environment … */
            readonly kind: string
            readonly metadata: {
              readonly name: string
              readonly namespace?: string | undefined
              readonly layer?: string | undefined
              readonly environment?: string | undefined
              readonly labels?: Readonly<Record<string, string>> | undefined
            }
            readonly spec?: Readonly<Record<string, unknown>> | undefined
          }
          /** The version that is expected; 0: nothing is there. */
          readonly ifVersion?: number | undefined
        }[]
      }
    },
  ) => Promise<
    Answer<{
      readonly revision: number
      readonly changes: readonly {
        readonly kind: string
        readonly name: string
        readonly namespace?: string | undefined
        readonly layer?: string | undefined
        readonly environment?: string | undefined
        readonly op: 'create' | 'update' | 'delete' | 'none'
        readonly before: unknown
        readonly after: unknown
        readonly labels: Readonly<Record<string, string>> | null
        readonly last: {
          readonly version: number
          readonly revision: number
          readonly at: string
          readonly by: string
          /** It is gone: whoever did that, and when. */
          readonly deleted: boolean
        } | null
      }[]
      readonly values: readonly {
        readonly environment: string
        readonly namespace: string
        readonly key: string
        readonly op: 'create' | 'update' | 'delete'
        readonly before: unknown
        readonly after: unknown
      }[]
      /** More values change than are listed. */
      readonly more: boolean
      /** How many values change where you may not read. */
      readonly hidden: number
    }>
  >
  /** Register: `POST /auth/register` */
  readonly register: (
    request: Options & {
      readonly body: {
        readonly tenant: string
        /** Case and Unicode variants are one address. */
        readonly email: string
        readonly password: string
        readonly displayName?: string | undefined
      }
    },
  ) => Promise<
    Answer<{
      readonly accessToken: string
      /** Spent by its first use, which answers the next one. */
      readonly refreshToken: string
      /** Seconds that the access token is good for. */
      readonly expiresIn: number
      readonly tenant: string | null
    }>
  >
  /** Log in: `POST /auth/login` */
  readonly login: (
    request: Options & {
      readonly body: {
        /** Case and Unicode variants are one address. */
        readonly email: string
        readonly password: string
        readonly tenant?: string | undefined
      }
    },
  ) => Promise<
    Answer<{
      readonly accessToken: string
      /** Spent by its first use, which answers the next one. */
      readonly refreshToken: string
      /** Seconds that the access token is good for. */
      readonly expiresIn: number
      readonly tenant: string | null
    }>
  >
  /** Refresh: `POST /auth/refresh` */
  readonly refresh: (
    request: Options & {
      readonly body: {
        readonly refreshToken: string
      }
    },
  ) => Promise<
    Answer<{
      readonly accessToken: string
      /** Spent by its first use, which answers the next one. */
      readonly refreshToken: string
      /** Seconds that the access token is good for. */
      readonly expiresIn: number
      readonly tenant: string | null
    }>
  >
  /** Log out: `POST /auth/logout` */
  readonly logout: (request?: Options) => Promise<Answer<undefined>>
  /** Act in a tenant: `POST /auth/token` */
  readonly createToken: (
    request: Options & {
      readonly body: {
        readonly tenant: string
      }
    },
  ) => Promise<
    Answer<{
      readonly accessToken: string
      readonly expiresIn: number
      readonly tenant: string
    }>
  >
  /** Who am I: `GET /auth/me` */
  readonly readMe: (request?: Options) => Promise<
    Answer<{
      readonly type: 'user' | 'key'
      readonly actor: string
      readonly email: string | null
      readonly displayName: string | null
      readonly name: string | null
      readonly tenant: string | null
      readonly acting: boolean
      readonly grants: readonly {
        readonly permissions: readonly string[]
        readonly namespaces: readonly string[] | null
        readonly environments: readonly string[] | null
      }[]
      readonly platformPermissions: readonly string[]
      readonly memberships: readonly {
        readonly tenant: string
        readonly roles: readonly string[]
      }[]
      readonly platformRoles: readonly string[]
    }>
  >
  /** Change the password: `PUT /auth/password` */
  readonly putPassword: (
    request: Options & {
      readonly body: {
        readonly old: string
        readonly new: string
      }
    },
  ) => Promise<Answer<undefined>>
  /** List own sessions: `GET /auth/sessions` */
  readonly listSessions: (request?: Options) => Promise<
    Answer<{
      readonly items: readonly {
        readonly id: string
        readonly tenant: string | null
        /** RFC 3339, in UTC. */
        readonly createdAt: string
        /** RFC 3339, in UTC. */
        readonly usedAt: string
        readonly current: boolean
      }[]
      readonly next: string | null
    }>
  >
  /** End a session: `DELETE /auth/sessions/{id}` */
  readonly deleteSession: (
    request: Options & {
      readonly path: {
        readonly id: string
      }
    },
  ) => Promise<Answer<undefined>>
  /** Accept an invitation: `POST /auth/accept` */
  readonly accept: (
    request: Options & {
      readonly body: {
        readonly invitation: string
        readonly password?: string | undefined
      }
    },
  ) => Promise<
    Answer<{
      readonly accessToken: string
      /** Spent by its first use, which answers the next one. */
      readonly refreshToken: string
      /** Seconds that the access token is good for. */
      readonly expiresIn: number
      readonly tenant: string | null
    }>
  >
  /** List members: `GET /members` */
  readonly listMembers: (
    request?: Options & {
      readonly query?: {
        readonly limit?: number | undefined
        readonly cursor?: string | undefined
        readonly q?: string | undefined
        readonly role?: string | undefined
        readonly sort?: string | undefined
      }
    },
  ) => Promise<
    Answer<{
      readonly items: readonly {
        /** The user's id. */
        readonly id: string
        readonly email: string | null
        readonly displayName: string | null
        readonly roles: readonly string[]
        readonly version: number
        /** RFC 3339, in UTC. */
        readonly createdAt: string
        /** RFC 3339, in UTC. */
        readonly updatedAt: string
      }[]
      readonly next: string | null
    }>
  >
  /** Invite a member: `POST /members` */
  readonly createMember: (
    request: WriteOptions & {
      readonly body: {
        /** Case and Unicode variants are one address. */
        readonly email: string
        readonly roles: readonly string[]
      }
    },
  ) => Promise<
    Answer<{
      /** Of the invitation. */
      readonly id: string
      readonly email: string
      readonly roles: readonly string[]
      /** Left out of a dry run. */
      readonly invitation?: string | undefined
      /** RFC 3339, in UTC. */
      readonly expiresAt: string
    }>
  >
  /** Show a member: `GET /members/{id}` */
  readonly readMember: (
    request: Options & {
      readonly path: {
        readonly id: string
      }
    },
  ) => Promise<
    Answer<{
      /** The user's id. */
      readonly id: string
      readonly email: string | null
      readonly displayName: string | null
      readonly roles: readonly string[]
      readonly version: number
      /** RFC 3339, in UTC. */
      readonly createdAt: string
      /** RFC 3339, in UTC. */
      readonly updatedAt: string
    }>
  >
  /** Change a member's roles: `PATCH /members/{id}` */
  readonly patchMember: (
    request: WriteOptions & {
      readonly path: {
        readonly id: string
      }
      readonly body: {
        readonly roles: readonly string[]
      }
      readonly mediaType?: 'application/json' | 'application/merge-patch+json'
    },
  ) => Promise<
    Answer<{
      /** The user's id. */
      readonly id: string
      readonly email: string | null
      readonly displayName: string | null
      readonly roles: readonly string[]
      readonly version: number
      /** RFC 3339, in UTC. */
      readonly createdAt: string
      /** RFC 3339, in UTC. */
      readonly updatedAt: string
    }>
  >
  /** Remove a member: `DELETE /members/{id}` */
  readonly deleteMember: (
    request: WriteOptions & {
      readonly path: {
        readonly id: string
      }
    },
  ) => Promise<Answer<undefined>>
  /** List API keys: `GET /api-keys` */
  readonly listApiKeys: (
    request?: Options & {
      readonly query?: {
        readonly limit?: number | undefined
        readonly cursor?: string | undefined
        readonly q?: string | undefined
        readonly role?: string | undefined
        readonly sort?: string | undefined
      }
    },
  ) => Promise<
    Answer<{
      readonly items: readonly {
        readonly id: string
        readonly name: string
        /** The public part of the key's text. */
        readonly keyId: string
        readonly role: string
        /** None: all. */
        readonly namespaces: readonly string[]
        /** None: all. */
        readonly environments: readonly string[]
        readonly expiresAt: string | null
        readonly expired: boolean
        readonly version: number
        /** RFC 3339, in UTC. */
        readonly createdAt: string
        readonly createdBy: string
      }[]
      readonly next: string | null
    }>
  >
  /** Make an API key: `POST /api-keys` */
  readonly createApiKey: (
    request: WriteOptions & {
      readonly body: {
        readonly name: string
        readonly role: string
        readonly namespaces?: readonly string[] | undefined
        readonly environments?: readonly string[] | undefined
        /** RFC 3339, a time to come. */
        readonly expiresAt?: string | undefined
      }
    },
  ) => Promise<
    Answer<{
      readonly id: string
      /** Left out of a dry run. */
      readonly key?: string | undefined
    }>
  >
  /** Show an API key: `GET /api-keys/{id}` */
  readonly readApiKey: (
    request: Options & {
      readonly path: {
        readonly id: string
      }
    },
  ) => Promise<
    Answer<{
      readonly id: string
      readonly name: string
      /** The public part of the key's text. */
      readonly keyId: string
      readonly role: string
      /** None: all. */
      readonly namespaces: readonly string[]
      /** None: all. */
      readonly environments: readonly string[]
      readonly expiresAt: string | null
      readonly expired: boolean
      readonly version: number
      /** RFC 3339, in UTC. */
      readonly createdAt: string
      readonly createdBy: string
    }>
  >
  /** Revoke an API key: `DELETE /api-keys/{id}` */
  readonly deleteApiKey: (
    request: WriteOptions & {
      readonly path: {
        readonly id: string
      }
    },
  ) => Promise<Answer<undefined>>
  /** List roles: `GET /roles` */
  readonly listRoles: (
    request?: Options & {
      readonly query?: {
        readonly limit?: number | undefined
        readonly cursor?: string | undefined
        readonly q?: string | undefined
        /** A field; with - before it from high to low. */
        readonly sort?: string | undefined
        readonly fixed?: boolean | undefined
        readonly permission?:
          | 'value:read'
          | 'config:read'
          | 'config:write'
          | 'environment:write'
          | 'protected:write'
          | 'settings:write'
          | 'key:write'
          | 'member:write'
          | 'role:write'
          | 'audit:read'
          | 'tenant:own'
          | 'platform:write'
          | 'platform:read'
          | undefined
      }
    },
  ) => Promise<
    Answer<{
      readonly items: readonly {
        readonly name: string
        readonly displayName?: string | undefined
        readonly description?: string | undefined
        /** One of owner, admin, editor, viewer and reader, which nobody changes. */
        readonly fixed: boolean
        readonly permissions: readonly (
          | string
          | {
              readonly permission: string
              readonly namespaces?: readonly string[] | undefined
              readonly environments?: readonly string[] | undefined
            }
        )[]
        readonly id?: string | undefined
        /** Of what a PUT would write; 0 while that is not there. */
        readonly version?: number | undefined
        readonly revision?: number | undefined
        readonly createdAt?: string | undefined
        readonly createdBy?: string | undefined
        readonly updatedAt?: string | undefined
        readonly updatedBy?: string | undefined
      }[]
      readonly next: string | null
    }>
  >
  /** Create a role: `POST /roles` */
  readonly createRole: (
    request: WriteOptions & {
      readonly body: {
        readonly name: string
        readonly displayName?: string | undefined
        readonly description?: string | undefined
        /** A permission by its name, everywhere; or `{permission, namespaces?, environments?}` with names and patterns: `*` stands for any run of characters. Only what has a place can be bounded: value:read, config:read, config:write, protected:write. */
        readonly permissions: readonly (
          | (
              | 'value:read'
              | 'config:read'
              | 'config:write'
              | 'environment:write'
              | 'protected:write'
              | 'settings:write'
              | 'key:write'
              | 'member:write'
              | 'role:write'
              | 'audit:read'
            )
          | {
              readonly permission: 'value:read' | 'config:read' | 'config:write' | 'protected:write'
              readonly namespaces?: readonly string[] | undefined
              readonly environments?: readonly string[] | undefined
            }
        )[]
      }
    },
  ) => Promise<
    Answer<{
      readonly name: string
      readonly displayName?: string | undefined
      readonly description?: string | undefined
      /** One of owner, admin, editor, viewer and reader, which nobody changes. */
      readonly fixed: boolean
      readonly permissions: readonly (
        | string
        | {
            readonly permission: string
            readonly namespaces?: readonly string[] | undefined
            readonly environments?: readonly string[] | undefined
          }
      )[]
      readonly id?: string | undefined
      /** Of what a PUT would write; 0 while that is not there. */
      readonly version?: number | undefined
      readonly revision?: number | undefined
      readonly createdAt?: string | undefined
      readonly createdBy?: string | undefined
      readonly updatedAt?: string | undefined
      readonly updatedBy?: string | undefined
    }>
  >
  /** Read a role: `GET /roles/{name}` */
  readonly readRole: (
    request: Options & {
      readonly path: {
        readonly name: string
      }
    },
  ) => Promise<
    Answer<{
      readonly name: string
      readonly displayName?: string | undefined
      readonly description?: string | undefined
      /** One of owner, admin, editor, viewer and reader, which nobody changes. */
      readonly fixed: boolean
      readonly permissions: readonly (
        | string
        | {
            readonly permission: string
            readonly namespaces?: readonly string[] | undefined
            readonly environments?: readonly string[] | undefined
          }
      )[]
      readonly id?: string | undefined
      /** Of what a PUT would write; 0 while that is not there. */
      readonly version?: number | undefined
      readonly revision?: number | undefined
      readonly createdAt?: string | undefined
      readonly createdBy?: string | undefined
      readonly updatedAt?: string | undefined
      readonly updatedBy?: string | undefined
    }>
  >
  /** Replace or create a role: `PUT /roles/{name}` */
  readonly putRole: (
    request: WriteOptions & {
      readonly path: {
        readonly name: string
      }
      readonly body: {
        readonly displayName?: string | undefined
        readonly description?: string | undefined
        /** A permission by its name, everywhere; or `{permission, namespaces?, environments?}` with names and patterns: `*` stands for any run of characters. Only what has a place can be bounded: value:read, config:read, config:write, protected:write. */
        readonly permissions: readonly (
          | (
              | 'value:read'
              | 'config:read'
              | 'config:write'
              | 'environment:write'
              | 'protected:write'
              | 'settings:write'
              | 'key:write'
              | 'member:write'
              | 'role:write'
              | 'audit:read'
            )
          | {
              readonly permission: 'value:read' | 'config:read' | 'config:write' | 'protected:write'
              readonly namespaces?: readonly string[] | undefined
              readonly environments?: readonly string[] | undefined
            }
        )[]
      }
    },
  ) => Promise<
    Answer<{
      readonly name: string
      readonly displayName?: string | undefined
      readonly description?: string | undefined
      /** One of owner, admin, editor, viewer and reader, which nobody changes. */
      readonly fixed: boolean
      readonly permissions: readonly (
        | string
        | {
            readonly permission: string
            readonly namespaces?: readonly string[] | undefined
            readonly environments?: readonly string[] | undefined
          }
      )[]
      readonly id?: string | undefined
      /** Of what a PUT would write; 0 while that is not there. */
      readonly version?: number | undefined
      readonly revision?: number | undefined
      readonly createdAt?: string | undefined
      readonly createdBy?: string | undefined
      readonly updatedAt?: string | undefined
      readonly updatedBy?: string | undefined
    }>
  >
  /** Delete a role: `DELETE /roles/{name}` */
  readonly deleteRole: (
    request: WriteOptions & {
      readonly path: {
        readonly name: string
      }
    },
  ) => Promise<Answer<undefined>>
  /** Check access: `POST /access/check` */
  readonly checkAccess: (
    request: Options & {
      readonly body: {
        readonly subject?: string | undefined
        readonly permission:
          | 'value:read'
          | 'config:read'
          | 'config:write'
          | 'environment:write'
          | 'protected:write'
          | 'settings:write'
          | 'key:write'
          | 'member:write'
          | 'role:write'
          | 'audit:read'
          | 'tenant:own'
          | 'platform:write'
          | 'platform:read'
        readonly namespace?: string | undefined
        readonly environment?: string | undefined
      }
    },
  ) => Promise<
    Answer<{
      readonly allowed: boolean
      readonly because: string
    }>
  >
  /** List who may do something: `GET /access` */
  readonly listAccess: (
    request: Options & {
      readonly query: {
        readonly permission:
          | 'value:read'
          | 'config:read'
          | 'config:write'
          | 'environment:write'
          | 'protected:write'
          | 'settings:write'
          | 'key:write'
          | 'member:write'
          | 'role:write'
          | 'audit:read'
          | 'tenant:own'
          | 'platform:write'
          | 'platform:read'
        readonly namespace?: string | undefined
        readonly environment?: string | undefined
        readonly limit?: number | undefined
        readonly cursor?: string | undefined
      }
    },
  ) => Promise<
    Answer<{
      readonly items: readonly {
        readonly subject: string
        readonly type: 'user' | 'key'
        readonly name: string | null
        readonly because: string
      }[]
      readonly next: string | null
    }>
  >
  /** List permissions: `GET /permissions` */
  readonly listPermissions: (request?: Options) => Promise<
    Answer<{
      readonly items: readonly {
        readonly permission: string
        readonly roles: readonly string[]
      }[]
      readonly next: string | null
    }>
  >
  /** Show settings: `GET /settings` */
  readonly readSettings: (request?: Options) => Promise<
    Answer<{
      /** Every write of one resource needs If-Match. */
      readonly requireIfMatch: boolean
      /** Every write needs an Idempotency-Key. */
      readonly requireIdempotencyKey: boolean
      readonly defaultEnvironment: string | null
      readonly contactEmail: string | null
    }>
  >
  /** Change settings: `PATCH /settings` */
  readonly patchSettings: (
    request: WriteOptions & {
      readonly body: {
        readonly requireIfMatch?: boolean | null | undefined
        readonly requireIdempotencyKey?: boolean | null | undefined
        readonly defaultEnvironment?: string | null | undefined
        readonly contactEmail?: string | null | undefined
      }
      readonly mediaType?: 'application/json' | 'application/merge-patch+json'
    },
  ) => Promise<
    Answer<{
      /** Every write of one resource needs If-Match. */
      readonly requireIfMatch: boolean
      /** Every write needs an Idempotency-Key. */
      readonly requireIdempotencyKey: boolean
      readonly defaultEnvironment: string | null
      readonly contactEmail: string | null
    }>
  >
  /** List audit entries: `GET /audit` */
  readonly listAudit: (
    request?: Options & {
      readonly query?: {
        /** change, import, rollback …; login, login_failed, denied, export … */
        readonly type?: string | undefined
        /** `user:<id>`, `key:<id>`, `system`, or the id alone. */
        readonly actor?: string | undefined
        /** An id, a name, kind/name, namespace/key or kind/namespace/key. */
        readonly resource?: string | undefined
        /** RFC 3339, the oldest to list. */
        readonly from?: string | undefined
        /** RFC 3339, the newest to list. */
        readonly to?: string | undefined
        /** csv with one header on the first page; syslog as RFC 5424, one line each. `Link` names the next page. */
        readonly format?: 'json' | 'csv' | 'syslog' | undefined
        readonly limit?: number | undefined
        readonly cursor?: string | undefined
      }
    },
  ) => Promise<
    Answer<{
      readonly items: readonly {
        readonly id: string
        /** RFC 3339, in UTC. */
        readonly time: string
        readonly log: 'config' | 'access'
        /** In its own log. */
        readonly revision: number
        readonly type: string
        readonly actor: {
          readonly id: string
          readonly name: string | null
        }
        readonly resource: string | null
        /** What a commit changed, the first hundred. */
        readonly resources: readonly {
          readonly kind: string
          readonly name: string
          readonly namespace?: string | undefined
          readonly environment?: string | undefined
          readonly op: 'put' | 'delete'
        }[]
        readonly changes: number
        readonly message: string | null
        readonly request: string | null
        readonly data: Readonly<Record<string, unknown>>
      }[]
      readonly next: string | null
    }>
  >
  /** Verify the logs: `POST /audit/verify` */
  readonly verifyAudit: (
    request?: Options & {
      readonly query?: {
        /** Lines that an earlier verification answered as `head`, with commas between: the logs must still reach them, unchanged. */
        readonly heads?: string | undefined
      }
    },
  ) => Promise<
    Answer<{
      readonly ok: boolean
      readonly logs: readonly {
        /** `gone`: a head of it was kept, and it is none of the two that there are. */
        readonly log: 'config' | 'access' | 'gone'
        readonly id: string
        readonly ok: boolean
        /** The newest that is good, or the first that is not. */
        readonly revision: number
        readonly batches: number | null
        readonly reason: string | null
        readonly trimmed: {
          /** All up to it went. */
          readonly revision: number
          /** RFC 3339, in UTC. */
          readonly until: string
        } | null
        readonly head: string | null
      }[]
      /** The Ed25519 key with which the installation signs checkpoints and heads. */
      readonly publicKey: {
        readonly id: string
        /** SPKI in PEM. */
        readonly pem: string
      }
    }>
  >
  /** Show usage: `GET /usage` */
  readonly readUsage: (request?: Options) => Promise<
    Answer<{
      readonly month: string
      readonly plan: string | null
      readonly requests: {
        readonly used: number
        readonly limit: number | null
      }
      readonly members: {
        readonly used: number
        readonly limit: number | null
      }
      readonly keys: {
        readonly used: number
        readonly limit: number | null
      }
      readonly requestsPerMinute: number | null
    }>
  >
  /** List the versions of the keys: `GET /keys` */
  readonly listKeys: (request?: Options) => Promise<
    Answer<{
      readonly items: readonly {
        /** The log that the key seals: configuration, or the access log */
        readonly log: 'config' | 'access'
        readonly version: number
        /** RFC 3339, in UTC. */
        readonly createdAt: string
        /** New commits are sealed with it; the others are there to read older ones. */
        readonly newest: boolean
      }[]
    }>
  >
  /** Rotate the keys: `POST /keys/rotate` */
  readonly rotateKey: (
    request?: WriteOptions & {
      readonly query?: {
        /** The log that the key seals: configuration, or the access log */
        readonly log?: 'config' | 'access' | undefined
      }
    },
  ) => Promise<
    Answer<{
      readonly items: readonly {
        /** The log that the key seals: configuration, or the access log */
        readonly log: 'config' | 'access'
        readonly version: number
        /** RFC 3339, in UTC. */
        readonly createdAt: string
        /** New commits are sealed with it; the others are there to read older ones. */
        readonly newest: boolean
      }[]
    }>
  >
  /** List tenants: `GET /platform/tenants` */
  readonly listPlatformTenants: (
    request?: Options & {
      readonly query?: {
        readonly limit?: number | undefined
        readonly cursor?: string | undefined
        /** The beginning of a name. */
        readonly q?: string | undefined
        readonly plan?: string | undefined
        readonly brand?: string | undefined
        readonly status?: 'active' | 'suspended' | 'closed' | undefined
        /** `tier=gold,region`: all of them; without a value it must be there. */
        readonly labels?: string | undefined
      }
    },
  ) => Promise<
    Answer<{
      readonly items: readonly {
        readonly id: string
        readonly name: string
        readonly displayName?: string | undefined
        readonly plan?: string | undefined
        readonly brand?: string | undefined
        readonly region?: string | undefined
        readonly journal?: string | undefined
        readonly status: 'active' | 'suspended' | 'closed'
        readonly labels: Readonly<Record<string, string>>
        readonly createdAt: string
      }[]
      readonly next: string | null
    }>
  >
  /** Create a tenant: `POST /platform/tenants` */
  readonly createPlatformTenant: (
    request: WriteOptions & {
      readonly body: {
        readonly name: string
        readonly displayName?: string | undefined
        readonly plan?: string | undefined
        readonly brand?: string | undefined
        readonly region?: string | undefined
        /** The journal that its logs and keys go to: `main`, or one that the operator has named. */
        readonly journal?: string | undefined
        readonly labels?: Readonly<Record<string, string>> | undefined
        /** The first owner's email. */
        readonly owner?: string | undefined
      }
    },
  ) => Promise<
    Answer<{
      readonly id: string
      readonly name: string
      readonly displayName?: string | undefined
      readonly plan?: string | undefined
      readonly brand?: string | undefined
      readonly region?: string | undefined
      readonly journal?: string | undefined
      readonly status: 'active' | 'suspended' | 'closed'
      readonly labels: Readonly<Record<string, string>>
      readonly createdAt: string
      readonly version: number
      readonly revision: number
      readonly createdBy: string
      readonly updatedAt: string
      readonly updatedBy: string
      readonly invitation?:
        | {
            readonly email: string
            /** Left out of a dry run. */
            readonly invitation?: string | undefined
            readonly expiresAt: string
          }
        | undefined
    }>
  >
  /** Read a tenant: `GET /platform/tenants/{tenant}` */
  readonly readPlatformTenant: (
    request: Options & {
      readonly path: {
        /** A name or an id. */
        readonly tenant: string
      }
    },
  ) => Promise<
    Answer<{
      readonly id: string
      readonly name: string
      readonly displayName?: string | undefined
      readonly plan?: string | undefined
      readonly brand?: string | undefined
      readonly region?: string | undefined
      readonly journal?: string | undefined
      readonly status: 'active' | 'suspended' | 'closed'
      readonly labels: Readonly<Record<string, string>>
      readonly createdAt: string
      readonly version: number
      readonly revision: number
      readonly createdBy: string
      readonly updatedAt: string
      readonly updatedBy: string
    }>
  >
  /** Change a tenant: `PATCH /platform/tenants/{tenant}` */
  readonly patchPlatformTenant: (
    request: WriteOptions & {
      readonly path: {
        /** A name or an id. */
        readonly tenant: string
      }
      readonly body: {
        readonly displayName?: string | null | undefined
        readonly plan?: string | null | undefined
        readonly brand?: string | null | undefined
        readonly status?: 'active' | 'suspended' | 'closed' | undefined
        readonly labels?: Readonly<Record<string, string | null>> | null | undefined
      }
      readonly mediaType?: 'application/json' | 'application/merge-patch+json'
    },
  ) => Promise<
    Answer<{
      readonly id: string
      readonly name: string
      readonly displayName?: string | undefined
      readonly plan?: string | undefined
      readonly brand?: string | undefined
      readonly region?: string | undefined
      readonly journal?: string | undefined
      readonly status: 'active' | 'suspended' | 'closed'
      readonly labels: Readonly<Record<string, string>>
      readonly createdAt: string
      readonly version: number
      readonly revision: number
      readonly createdBy: string
      readonly updatedAt: string
      readonly updatedBy: string
    }>
  >
  /** Erase a tenant: `DELETE /platform/tenants/{tenant}` */
  readonly deletePlatformTenant: (
    request: WriteOptions & {
      readonly path: {
        /** A name or an id. */
        readonly tenant: string
      }
      readonly query?: {
        readonly confirm?: string | undefined
        /** Goes on though places that its key was in are not reached; the certificate names them. */
        readonly leaveUnreached?: boolean | undefined
      }
    },
  ) => Promise<
    Answer<{
      readonly certificate?:
        | {
            readonly format: 'konfig erasure certificate 2' | 'konfig erasure certificate 1'
            readonly tenant: {
              readonly id: string
              readonly name: string
            }
            readonly log: {
              readonly id: string
              readonly revision: number
              readonly batches: number
              /** Of its chain, in hexadecimal: it verifies without the key. */
              readonly hash: string
            }
            /** What was destroyed. */
            readonly keys: readonly {
              readonly version: number
              /** RFC 3339, in UTC. */
              readonly createdAt: string
            }[]
            /** Each place that the key is known to have been in. Format 1 does not say it. */
            readonly places?:
              | readonly {
                  readonly journal: string
                  /** Of that store, however it is reached. */
                  readonly id: string
                  /** `left`: it was not reached, and still holds the key as it was sealed. */
                  readonly key: 'destroyed' | 'left'
                  /** RFC 3339, in UTC. */
                  readonly at?: string | undefined
                }[]
              | undefined
            /** RFC 3339, in UTC. */
            readonly erasedAt: string
            readonly erasedBy: string
            readonly request: string
            /** Has a key of its own, and stays until its time ends. */
            readonly accessLog: string
            readonly backups: {
              readonly keptDays: number
              /** Until then a backup may still hold it. */
              readonly until: string
            }
          }
        | undefined
      readonly signature?:
        | {
            readonly algorithm: 'Ed25519'
            /** Id of the public key. */
            readonly key: string
            /** SPKI in PEM. */
            readonly publicKey: string
            /** 64 bytes in base64. */
            readonly value: string
          }
        | undefined
    }>
  >
  /** Show the certificate of a tenant's erasure: `GET /platform/tenants/{tenant}/certificate` */
  readonly readPlatformTenantCertificate: (
    request: Options & {
      readonly path: {
        /** A name or an id. */
        readonly tenant: string
      }
    },
  ) => Promise<
    Answer<{
      readonly certificate: {
        readonly format: 'konfig erasure certificate 2' | 'konfig erasure certificate 1'
        readonly tenant: {
          readonly id: string
          readonly name: string
        }
        readonly log: {
          readonly id: string
          readonly revision: number
          readonly batches: number
          /** Of its chain, in hexadecimal: it verifies without the key. */
          readonly hash: string
        }
        /** What was destroyed. */
        readonly keys: readonly {
          readonly version: number
          /** RFC 3339, in UTC. */
          readonly createdAt: string
        }[]
        /** Each place that the key is known to have been in. Format 1 does not say it. */
        readonly places?:
          | readonly {
              readonly journal: string
              /** Of that store, however it is reached. */
              readonly id: string
              /** `left`: it was not reached, and still holds the key as it was sealed. */
              readonly key: 'destroyed' | 'left'
              /** RFC 3339, in UTC. */
              readonly at?: string | undefined
            }[]
          | undefined
        /** RFC 3339, in UTC. */
        readonly erasedAt: string
        readonly erasedBy: string
        readonly request: string
        /** Has a key of its own, and stays until its time ends. */
        readonly accessLog: string
        readonly backups: {
          readonly keptDays: number
          /** Until then a backup may still hold it. */
          readonly until: string
        }
      }
      readonly signature: {
        readonly algorithm: 'Ed25519'
        /** Id of the public key. */
        readonly key: string
        /** SPKI in PEM. */
        readonly publicKey: string
        /** 64 bytes in base64. */
        readonly value: string
      }
    }>
  >
  /** Invite a tenant's first owner: `POST /platform/tenants/{tenant}/owner` */
  readonly createPlatformTenantOwner: (
    request: WriteOptions & {
      readonly path: {
        /** A name or an id. */
        readonly tenant: string
      }
      readonly body: {
        /** Case and Unicode variants are one address. */
        readonly email: string
      }
    },
  ) => Promise<
    Answer<{
      readonly email: string
      /** Left out of a dry run. */
      readonly invitation?: string | undefined
      readonly expiresAt: string
    }>
  >
  /** Rotate a tenant's keys: `POST /platform/tenants/{tenant}/keys/rotate` */
  readonly rotatePlatformTenantKey: (
    request: WriteOptions & {
      readonly path: {
        /** A name or an id. */
        readonly tenant: string
      }
      readonly query?: {
        /** The log that the key seals: configuration, or the access log */
        readonly log?: 'config' | 'access' | undefined
      }
    },
  ) => Promise<
    Answer<{
      readonly items: readonly {
        /** The log that the key seals: configuration, or the access log */
        readonly log: 'config' | 'access'
        readonly version: number
        /** RFC 3339, in UTC. */
        readonly createdAt: string
        /** New commits are sealed with it; the others are there to read older ones. */
        readonly newest: boolean
      }[]
    }>
  >
  /** List brands: `GET /platform/brands` */
  readonly listPlatformBrands: (
    request?: Options & {
      readonly query?: {
        readonly limit?: number | undefined
        readonly cursor?: string | undefined
        readonly q?: string | undefined
        readonly sort?: string | undefined
      }
    },
  ) => Promise<
    Answer<{
      readonly items: readonly {
        readonly id: string
        readonly name: string
        readonly displayName?: string | undefined
        readonly description?: string | undefined
        readonly version: number
        readonly revision: number
        readonly createdAt: string
        readonly createdBy: string
        readonly updatedAt: string
        readonly updatedBy: string
      }[]
      readonly next: string | null
    }>
  >
  /** Create a brand: `POST /platform/brands` */
  readonly createPlatformBrand: (
    request: WriteOptions & {
      readonly body: {
        readonly name: string
        readonly displayName?: string | undefined
        readonly description?: string | undefined
      }
    },
  ) => Promise<
    Answer<{
      readonly id: string
      readonly name: string
      readonly displayName?: string | undefined
      readonly description?: string | undefined
      readonly version: number
      readonly revision: number
      readonly createdAt: string
      readonly createdBy: string
      readonly updatedAt: string
      readonly updatedBy: string
    }>
  >
  /** Read a brand: `GET /platform/brands/{name}` */
  readonly readPlatformBrand: (
    request: Options & {
      readonly path: {
        /** A name or an id. */
        readonly name: string
      }
    },
  ) => Promise<
    Answer<{
      readonly id: string
      readonly name: string
      readonly displayName?: string | undefined
      readonly description?: string | undefined
      readonly version: number
      readonly revision: number
      readonly createdAt: string
      readonly createdBy: string
      readonly updatedAt: string
      readonly updatedBy: string
    }>
  >
  /** Create or replace a brand: `PUT /platform/brands/{name}` */
  readonly putPlatformBrand: (
    request: WriteOptions & {
      readonly path: {
        /** A name or an id. */
        readonly name: string
      }
      readonly body: {
        readonly displayName?: string | undefined
        readonly description?: string | undefined
      }
    },
  ) => Promise<
    Answer<{
      readonly id: string
      readonly name: string
      readonly displayName?: string | undefined
      readonly description?: string | undefined
      readonly version: number
      readonly revision: number
      readonly createdAt: string
      readonly createdBy: string
      readonly updatedAt: string
      readonly updatedBy: string
    }>
  >
  /** Change a brand: `PATCH /platform/brands/{name}` */
  readonly patchPlatformBrand: (
    request: WriteOptions & {
      readonly path: {
        /** A name or an id. */
        readonly name: string
      }
      readonly body: {
        readonly displayName?: string | null | undefined
        readonly description?: string | null | undefined
      }
      readonly mediaType?: 'application/json' | 'application/merge-patch+json'
    },
  ) => Promise<
    Answer<{
      readonly id: string
      readonly name: string
      readonly displayName?: string | undefined
      readonly description?: string | undefined
      readonly version: number
      readonly revision: number
      readonly createdAt: string
      readonly createdBy: string
      readonly updatedAt: string
      readonly updatedBy: string
    }>
  >
  /** Delete a brand: `DELETE /platform/brands/{name}` */
  readonly deletePlatformBrand: (
    request: WriteOptions & {
      readonly path: {
        /** A name or an id. */
        readonly name: string
      }
      readonly query?: {
        readonly cascade?: boolean | undefined
      }
    },
  ) => Promise<Answer<undefined>>
  /** List plans: `GET /platform/plans` */
  readonly listPlatformPlans: (
    request?: Options & {
      readonly query?: {
        readonly limit?: number | undefined
        readonly cursor?: string | undefined
        readonly q?: string | undefined
        readonly sort?: string | undefined
      }
    },
  ) => Promise<
    Answer<{
      readonly items: readonly {
        readonly id: string
        readonly name: string
        readonly displayName?: string | undefined
        readonly description?: string | undefined
        readonly limits?:
          | {
              readonly requestsPerMinute?: number | null | undefined
              readonly requestsPerMonth?: number | null | undefined
              readonly members?: number | null | undefined
              readonly keys?: number | null | undefined
              readonly storageBytes?: number | null | undefined
              readonly streams?: number | null | undefined
              readonly accessLogDays?: number | null | undefined
            }
          | undefined
        readonly version: number
        readonly revision: number
        readonly createdAt: string
        readonly createdBy: string
        readonly updatedAt: string
        readonly updatedBy: string
      }[]
      readonly next: string | null
    }>
  >
  /** Create a plan: `POST /platform/plans` */
  readonly createPlatformPlan: (
    request: WriteOptions & {
      readonly body: {
        readonly name: string
        readonly displayName?: string | undefined
        readonly description?: string | undefined
        readonly limits?:
          | {
              readonly requestsPerMinute?: number | null | undefined
              readonly requestsPerMonth?: number | null | undefined
              readonly members?: number | null | undefined
              readonly keys?: number | null | undefined
              readonly storageBytes?: number | null | undefined
              readonly streams?: number | null | undefined
              readonly accessLogDays?: number | null | undefined
            }
          | undefined
      }
    },
  ) => Promise<
    Answer<{
      readonly id: string
      readonly name: string
      readonly displayName?: string | undefined
      readonly description?: string | undefined
      readonly limits?:
        | {
            readonly requestsPerMinute?: number | null | undefined
            readonly requestsPerMonth?: number | null | undefined
            readonly members?: number | null | undefined
            readonly keys?: number | null | undefined
            readonly storageBytes?: number | null | undefined
            readonly streams?: number | null | undefined
            readonly accessLogDays?: number | null | undefined
          }
        | undefined
      readonly version: number
      readonly revision: number
      readonly createdAt: string
      readonly createdBy: string
      readonly updatedAt: string
      readonly updatedBy: string
    }>
  >
  /** Read a plan: `GET /platform/plans/{name}` */
  readonly readPlatformPlan: (
    request: Options & {
      readonly path: {
        /** A name or an id. */
        readonly name: string
      }
    },
  ) => Promise<
    Answer<{
      readonly id: string
      readonly name: string
      readonly displayName?: string | undefined
      readonly description?: string | undefined
      readonly limits?:
        | {
            readonly requestsPerMinute?: number | null | undefined
            readonly requestsPerMonth?: number | null | undefined
            readonly members?: number | null | undefined
            readonly keys?: number | null | undefined
            readonly storageBytes?: number | null | undefined
            readonly streams?: number | null | undefined
            readonly accessLogDays?: number | null | undefined
          }
        | undefined
      readonly version: number
      readonly revision: number
      readonly createdAt: string
      readonly createdBy: string
      readonly updatedAt: string
      readonly updatedBy: string
    }>
  >
  /** Create or replace a plan: `PUT /platform/plans/{name}` */
  readonly putPlatformPlan: (
    request: WriteOptions & {
      readonly path: {
        /** A name or an id. */
        readonly name: string
      }
      readonly body: {
        readonly displayName?: string | undefined
        readonly description?: string | undefined
        readonly limits?:
          | {
              readonly requestsPerMinute?: number | null | undefined
              readonly requestsPerMonth?: number | null | undefined
              readonly members?: number | null | undefined
              readonly keys?: number | null | undefined
              readonly storageBytes?: number | null | undefined
              readonly streams?: number | null | undefined
              readonly accessLogDays?: number | null | undefined
            }
          | undefined
      }
    },
  ) => Promise<
    Answer<{
      readonly id: string
      readonly name: string
      readonly displayName?: string | undefined
      readonly description?: string | undefined
      readonly limits?:
        | {
            readonly requestsPerMinute?: number | null | undefined
            readonly requestsPerMonth?: number | null | undefined
            readonly members?: number | null | undefined
            readonly keys?: number | null | undefined
            readonly storageBytes?: number | null | undefined
            readonly streams?: number | null | undefined
            readonly accessLogDays?: number | null | undefined
          }
        | undefined
      readonly version: number
      readonly revision: number
      readonly createdAt: string
      readonly createdBy: string
      readonly updatedAt: string
      readonly updatedBy: string
    }>
  >
  /** Change a plan: `PATCH /platform/plans/{name}` */
  readonly patchPlatformPlan: (
    request: WriteOptions & {
      readonly path: {
        /** A name or an id. */
        readonly name: string
      }
      readonly body: {
        readonly displayName?: string | null | undefined
        readonly description?: string | null | undefined
        readonly limits?:
          | {
              readonly requestsPerMinute?: number | null | undefined
              readonly requestsPerMonth?: number | null | undefined
              readonly members?: number | null | undefined
              readonly keys?: number | null | undefined
              readonly storageBytes?: number | null | undefined
              readonly streams?: number | null | undefined
              readonly accessLogDays?: number | null | undefined
            }
          | null
          | undefined
      }
      readonly mediaType?: 'application/json' | 'application/merge-patch+json'
    },
  ) => Promise<
    Answer<{
      readonly id: string
      readonly name: string
      readonly displayName?: string | undefined
      readonly description?: string | undefined
      readonly limits?:
        | {
            readonly requestsPerMinute?: number | null | undefined
            readonly requestsPerMonth?: number | null | undefined
            readonly members?: number | null | undefined
            readonly keys?: number | null | undefined
            readonly storageBytes?: number | null | undefined
            readonly streams?: number | null | undefined
            readonly accessLogDays?: number | null | undefined
          }
        | undefined
      readonly version: number
      readonly revision: number
      readonly createdAt: string
      readonly createdBy: string
      readonly updatedAt: string
      readonly updatedBy: string
    }>
  >
  /** Delete a plan: `DELETE /platform/plans/{name}` */
  readonly deletePlatformPlan: (
    request: WriteOptions & {
      readonly path: {
        /** A name or an id. */
        readonly name: string
      }
      readonly query?: {
        readonly cascade?: boolean | undefined
      }
    },
  ) => Promise<Answer<undefined>>
  /** List environments (platform): `GET /platform/environments` */
  readonly listPlatformEnvironments: (
    request?: Options & {
      readonly query?: {
        readonly limit?: number | undefined
        readonly cursor?: string | undefined
        readonly q?: string | undefined
        /** A field; with - before it from high to low. */
        readonly sort?: string | undefined
        readonly definedBy?: string | undefined
        readonly parent?: string | undefined
        readonly protected?: boolean | undefined
      }
    },
  ) => Promise<
    Answer<{
      readonly items: readonly {
        readonly name: string
        readonly displayName?: string | undefined
        readonly description?: string | undefined
        readonly parent?: string | undefined
        readonly protected: boolean
        readonly order: number
        readonly id: string
        readonly definedBy: 'platform' | 'tenant'
        /** Of what a PUT would write; 0 while that is not there. */
        readonly version: number
        readonly revision: number
        readonly createdAt: string
        readonly createdBy: string
        readonly updatedAt: string
        readonly updatedBy: string
      }[]
      readonly next: string | null
    }>
  >
  /** Create an environment (platform): `POST /platform/environments` */
  readonly createPlatformEnvironment: (
    request: WriteOptions & {
      readonly body: {
        readonly name: string
        readonly displayName?: string | undefined
        readonly description?: string | undefined
        readonly parent?: string | undefined
        readonly protected?: boolean | undefined
        readonly order?: number | undefined
      }
    },
  ) => Promise<
    Answer<{
      readonly name: string
      readonly displayName?: string | undefined
      readonly description?: string | undefined
      readonly parent?: string | undefined
      readonly protected: boolean
      readonly order: number
      readonly id: string
      readonly definedBy: 'platform' | 'tenant'
      /** Of what a PUT would write; 0 while that is not there. */
      readonly version: number
      readonly revision: number
      readonly createdAt: string
      readonly createdBy: string
      readonly updatedAt: string
      readonly updatedBy: string
    }>
  >
  /** Read an environment (platform): `GET /platform/environments/{name}` */
  readonly readPlatformEnvironment: (
    request: Options & {
      readonly path: {
        /** A name or an id. */
        readonly name: string
      }
    },
  ) => Promise<
    Answer<{
      readonly name: string
      readonly displayName?: string | undefined
      readonly description?: string | undefined
      readonly parent?: string | undefined
      readonly protected: boolean
      readonly order: number
      readonly id: string
      readonly definedBy: 'platform' | 'tenant'
      /** Of what a PUT would write; 0 while that is not there. */
      readonly version: number
      readonly revision: number
      readonly createdAt: string
      readonly createdBy: string
      readonly updatedAt: string
      readonly updatedBy: string
    }>
  >
  /** Replace or create an environment (platform): `PUT /platform/environments/{name}` */
  readonly putPlatformEnvironment: (
    request: WriteOptions & {
      readonly path: {
        /** A name or an id. */
        readonly name: string
      }
      readonly body: {
        readonly displayName?: string | undefined
        readonly description?: string | undefined
        readonly parent?: string | undefined
        readonly protected?: boolean | undefined
        readonly order?: number | undefined
      }
    },
  ) => Promise<
    Answer<{
      readonly name: string
      readonly displayName?: string | undefined
      readonly description?: string | undefined
      readonly parent?: string | undefined
      readonly protected: boolean
      readonly order: number
      readonly id: string
      readonly definedBy: 'platform' | 'tenant'
      /** Of what a PUT would write; 0 while that is not there. */
      readonly version: number
      readonly revision: number
      readonly createdAt: string
      readonly createdBy: string
      readonly updatedAt: string
      readonly updatedBy: string
    }>
  >
  /** Patch an environment (platform): `PATCH /platform/environments/{name}` */
  readonly patchPlatformEnvironment: (
    request: WriteOptions & {
      readonly path: {
        /** A name or an id. */
        readonly name: string
      }
      readonly body: unknown
      readonly mediaType?: 'application/json' | 'application/merge-patch+json' | 'application/json-patch+json'
    },
  ) => Promise<
    Answer<{
      readonly name: string
      readonly displayName?: string | undefined
      readonly description?: string | undefined
      readonly parent?: string | undefined
      readonly protected: boolean
      readonly order: number
      readonly id: string
      readonly definedBy: 'platform' | 'tenant'
      /** Of what a PUT would write; 0 while that is not there. */
      readonly version: number
      readonly revision: number
      readonly createdAt: string
      readonly createdBy: string
      readonly updatedAt: string
      readonly updatedBy: string
    }>
  >
  /** Delete an environment (platform): `DELETE /platform/environments/{name}` */
  readonly deletePlatformEnvironment: (
    request: WriteOptions & {
      readonly path: {
        /** A name or an id. */
        readonly name: string
      }
    },
  ) => Promise<Answer<undefined>>
  /** List namespaces (platform): `GET /platform/namespaces` */
  readonly listPlatformNamespaces: (
    request?: Options & {
      readonly query?: {
        readonly limit?: number | undefined
        readonly cursor?: string | undefined
        readonly q?: string | undefined
        /** A field; with - before it from high to low. */
        readonly sort?: string | undefined
        readonly definedBy?: string | undefined
        readonly closed?: boolean | undefined
      }
    },
  ) => Promise<
    Answer<{
      readonly items: readonly {
        readonly name: string
        readonly displayName?: string | undefined
        readonly description?: string | undefined
        readonly closed?: boolean | undefined
        readonly id: string
        readonly definedBy: 'platform' | 'tenant'
        /** Of what a PUT would write; 0 while that is not there. */
        readonly version: number
        readonly revision: number
        readonly createdAt: string
        readonly createdBy: string
        readonly updatedAt: string
        readonly updatedBy: string
      }[]
      readonly next: string | null
    }>
  >
  /** Create a namespace (platform): `POST /platform/namespaces` */
  readonly createPlatformNamespace: (
    request: WriteOptions & {
      readonly body: {
        readonly name: string
        readonly displayName?: string | undefined
        readonly description?: string | undefined
        /** Of a platform namespace: tenants add no keys to it. */
        readonly closed?: boolean | undefined
      }
    },
  ) => Promise<
    Answer<{
      readonly name: string
      readonly displayName?: string | undefined
      readonly description?: string | undefined
      readonly closed?: boolean | undefined
      readonly id: string
      readonly definedBy: 'platform' | 'tenant'
      /** Of what a PUT would write; 0 while that is not there. */
      readonly version: number
      readonly revision: number
      readonly createdAt: string
      readonly createdBy: string
      readonly updatedAt: string
      readonly updatedBy: string
    }>
  >
  /** Read a namespace (platform): `GET /platform/namespaces/{ns}` */
  readonly readPlatformNamespace: (
    request: Options & {
      readonly path: {
        /** A name or an id. */
        readonly ns: string
      }
    },
  ) => Promise<
    Answer<{
      readonly name: string
      readonly displayName?: string | undefined
      readonly description?: string | undefined
      readonly closed?: boolean | undefined
      readonly id: string
      readonly definedBy: 'platform' | 'tenant'
      /** Of what a PUT would write; 0 while that is not there. */
      readonly version: number
      readonly revision: number
      readonly createdAt: string
      readonly createdBy: string
      readonly updatedAt: string
      readonly updatedBy: string
    }>
  >
  /** Replace or create a namespace (platform): `PUT /platform/namespaces/{ns}` */
  readonly putPlatformNamespace: (
    request: WriteOptions & {
      readonly path: {
        /** A name or an id. */
        readonly ns: string
      }
      readonly body: {
        readonly displayName?: string | undefined
        readonly description?: string | undefined
        /** Of a platform namespace: tenants add no keys to it. */
        readonly closed?: boolean | undefined
      }
    },
  ) => Promise<
    Answer<{
      readonly name: string
      readonly displayName?: string | undefined
      readonly description?: string | undefined
      readonly closed?: boolean | undefined
      readonly id: string
      readonly definedBy: 'platform' | 'tenant'
      /** Of what a PUT would write; 0 while that is not there. */
      readonly version: number
      readonly revision: number
      readonly createdAt: string
      readonly createdBy: string
      readonly updatedAt: string
      readonly updatedBy: string
    }>
  >
  /** Patch a namespace (platform): `PATCH /platform/namespaces/{ns}` */
  readonly patchPlatformNamespace: (
    request: WriteOptions & {
      readonly path: {
        /** A name or an id. */
        readonly ns: string
      }
      readonly body: unknown
      readonly mediaType?: 'application/json' | 'application/merge-patch+json' | 'application/json-patch+json'
    },
  ) => Promise<
    Answer<{
      readonly name: string
      readonly displayName?: string | undefined
      readonly description?: string | undefined
      readonly closed?: boolean | undefined
      readonly id: string
      readonly definedBy: 'platform' | 'tenant'
      /** Of what a PUT would write; 0 while that is not there. */
      readonly version: number
      readonly revision: number
      readonly createdAt: string
      readonly createdBy: string
      readonly updatedAt: string
      readonly updatedBy: string
    }>
  >
  /** Delete a namespace (platform): `DELETE /platform/namespaces/{ns}` */
  readonly deletePlatformNamespace: (
    request: WriteOptions & {
      readonly path: {
        /** A name or an id. */
        readonly ns: string
      }
      readonly query?: {
        /** Its configs and their overrides too, in the same commit. */
        readonly cascade?: boolean | undefined
      }
    },
  ) => Promise<Answer<undefined>>
  /** List the configs of a namespace (platform): `GET /platform/namespaces/{ns}/configs` */
  readonly listPlatformNamespaceConfigs: (
    request: Options & {
      readonly path: {
        /** A name or an id. */
        readonly ns: string
      }
      readonly query?: {
        readonly limit?: number | undefined
        readonly cursor?: string | undefined
        readonly q?: string | undefined
        /** A field; with - before it from high to low. */
        readonly sort?: string | undefined
        readonly type?: string | undefined
        readonly definedBy?: string | undefined
        readonly combine?: string | undefined
      }
    },
  ) => Promise<
    Answer<{
      readonly items: readonly {
        readonly namespace: string
        readonly key: string
        readonly layer: string
        readonly environment?: string | undefined
        readonly type: string
        /** As it is written in the own layer; absent where there is none. */
        readonly value?: unknown
        readonly validation?: unknown
        readonly combine?: unknown
        readonly description?: unknown
        readonly policy?: unknown
        readonly dormant?: true | undefined
        readonly id: string
        readonly definedBy: 'platform' | 'tenant'
        /** Of what a PUT would write; 0 while that is not there. */
        readonly version: number
        readonly revision: number
        readonly createdAt: string
        readonly createdBy: string
        readonly updatedAt: string
        readonly updatedBy: string
      }[]
      readonly next: string | null
    }>
  >
  /** Create a config (platform): `POST /platform/namespaces/{ns}/configs` */
  readonly createPlatformNamespaceConfig: (
    request: WriteOptions & {
      readonly path: {
        /** A name or an id. */
        readonly ns: string
      }
      readonly body: {
        readonly key: string
        readonly type: 'string' | 'number' | 'boolean' | 'select' | 'json'
        readonly value?: unknown
        readonly validation?: Readonly<Record<string, unknown>> | undefined
        readonly combine?: 'replace' | 'merge' | 'append' | undefined
        readonly description?: string | undefined
        readonly policy?: Readonly<Record<string, unknown>> | undefined
      }
    },
  ) => Promise<
    Answer<{
      readonly namespace: string
      readonly key: string
      readonly layer: string
      readonly environment?: string | undefined
      readonly type: string
      /** As it is written in the own layer; absent where there is none. */
      readonly value?: unknown
      readonly validation?: unknown
      readonly combine?: unknown
      readonly description?: unknown
      readonly policy?: unknown
      readonly dormant?: true | undefined
      readonly id: string
      readonly definedBy: 'platform' | 'tenant'
      /** Of what a PUT would write; 0 while that is not there. */
      readonly version: number
      readonly revision: number
      readonly createdAt: string
      readonly createdBy: string
      readonly updatedAt: string
      readonly updatedBy: string
    }>
  >
  /** Read a config (platform): `GET /platform/namespaces/{ns}/configs/{key}` */
  readonly readPlatformNamespaceConfig: (
    request: Options & {
      readonly path: {
        /** A name or an id. */
        readonly ns: string
        readonly key: string
      }
      readonly query?: {
        /** The override in this environment; without it the base value. */
        readonly environment?: string | undefined
        /** `platform` if it is left out, `brand:<name>` or `plan:<name>`. */
        readonly layer?: string | undefined
      }
    },
  ) => Promise<
    Answer<{
      readonly namespace: string
      readonly key: string
      readonly layer: string
      readonly environment?: string | undefined
      readonly type: string
      /** As it is written in the own layer; absent where there is none. */
      readonly value?: unknown
      readonly validation?: unknown
      readonly combine?: unknown
      readonly description?: unknown
      readonly policy?: unknown
      readonly dormant?: true | undefined
      readonly id: string
      readonly definedBy: 'platform' | 'tenant'
      /** Of what a PUT would write; 0 while that is not there. */
      readonly version: number
      readonly revision: number
      readonly createdAt: string
      readonly createdBy: string
      readonly updatedAt: string
      readonly updatedBy: string
    }>
  >
  /** Set a value, or replace the definition (platform): `PUT /platform/namespaces/{ns}/configs/{key}` */
  readonly putPlatformNamespaceConfig: (
    request: WriteOptions & {
      readonly path: {
        /** A name or an id. */
        readonly ns: string
        readonly key: string
      }
      readonly query?: {
        /** The override in this environment; without it the base value. */
        readonly environment?: string | undefined
        /** `platform` if it is left out, `brand:<name>` or `plan:<name>`. */
        readonly layer?: string | undefined
      }
      readonly body: {
        readonly type?: 'string' | 'number' | 'boolean' | 'select' | 'json' | undefined
        readonly value?: unknown
        readonly validation?: Readonly<Record<string, unknown>> | undefined
        readonly combine?: 'replace' | 'merge' | 'append' | undefined
        readonly description?: string | undefined
        readonly policy?: Readonly<Record<string, unknown>> | undefined
      }
    },
  ) => Promise<
    Answer<{
      readonly namespace: string
      readonly key: string
      readonly layer: string
      readonly environment?: string | undefined
      readonly type: string
      /** As it is written in the own layer; absent where there is none. */
      readonly value?: unknown
      readonly validation?: unknown
      readonly combine?: unknown
      readonly description?: unknown
      readonly policy?: unknown
      readonly dormant?: true | undefined
      readonly id: string
      readonly definedBy: 'platform' | 'tenant'
      /** Of what a PUT would write; 0 while that is not there. */
      readonly version: number
      readonly revision: number
      readonly createdAt: string
      readonly createdBy: string
      readonly updatedAt: string
      readonly updatedBy: string
    }>
  >
  /** Patch a config (platform): `PATCH /platform/namespaces/{ns}/configs/{key}` */
  readonly patchPlatformNamespaceConfig: (
    request: WriteOptions & {
      readonly path: {
        /** A name or an id. */
        readonly ns: string
        readonly key: string
      }
      readonly query?: {
        /** The override in this environment; without it the base value. */
        readonly environment?: string | undefined
        /** `platform` if it is left out, `brand:<name>` or `plan:<name>`. */
        readonly layer?: string | undefined
      }
      readonly body: unknown
      readonly mediaType?: 'application/json' | 'application/merge-patch+json' | 'application/json-patch+json'
    },
  ) => Promise<
    Answer<{
      readonly namespace: string
      readonly key: string
      readonly layer: string
      readonly environment?: string | undefined
      readonly type: string
      /** As it is written in the own layer; absent where there is none. */
      readonly value?: unknown
      readonly validation?: unknown
      readonly combine?: unknown
      readonly description?: unknown
      readonly policy?: unknown
      readonly dormant?: true | undefined
      readonly id: string
      readonly definedBy: 'platform' | 'tenant'
      /** Of what a PUT would write; 0 while that is not there. */
      readonly version: number
      readonly revision: number
      readonly createdAt: string
      readonly createdBy: string
      readonly updatedAt: string
      readonly updatedBy: string
    }>
  >
  /** Delete a config or an override (platform): `DELETE /platform/namespaces/{ns}/configs/{key}` */
  readonly deletePlatformNamespaceConfig: (
    request: WriteOptions & {
      readonly path: {
        /** A name or an id. */
        readonly ns: string
        readonly key: string
      }
      readonly query?: {
        /** The override in this environment; without it the base value. */
        readonly environment?: string | undefined
        /** `platform` if it is left out, `brand:<name>` or `plan:<name>`. */
        readonly layer?: string | undefined
      }
    },
  ) => Promise<Answer<undefined>>
  /** Read the history of a key (platform): `GET /platform/namespaces/{ns}/configs/{key}/history` */
  readonly listPlatformNamespaceConfigHistory: (
    request: Options & {
      readonly path: {
        /** A name or an id. */
        readonly ns: string
        readonly key: string
      }
      readonly query?: {
        readonly limit?: number | undefined
        readonly cursor?: string | undefined
        /** The override in this environment; without it the base value. */
        readonly environment?: string | undefined
      }
    },
  ) => Promise<
    Answer<{
      readonly items: readonly {
        readonly version: number
        readonly changeType: 'create' | 'update' | 'delete'
        readonly value?: unknown
        readonly environment?: string | undefined
        readonly layer?: string | undefined
        readonly changedAt: string
        readonly changedBy: string
        readonly revision: number
        readonly message?: string | undefined
      }[]
      readonly next: string | null
    }>
  >
  /** List overrides, and what is inert (platform): `GET /platform/overrides` */
  readonly listPlatformOverrides: (
    request?: Options & {
      readonly query?: {
        readonly limit?: number | undefined
        readonly cursor?: string | undefined
        readonly q?: string | undefined
        /** A field; with - before it from high to low. */
        readonly sort?: string | undefined
        /** A name or an id. */
        readonly namespace?: string | undefined
        readonly environment?: string | undefined
        /** true: only what a rule forbids now; false: only what is alive everywhere. */
        readonly inert?: boolean | undefined
      }
    },
  ) => Promise<
    Answer<{
      readonly items: readonly {
        readonly id: string
        readonly namespace: string
        readonly key: string
        readonly layer: string
        readonly environment?: string | undefined
        readonly value: unknown
        readonly version: number
        readonly revision: number
        readonly updatedAt: string
        readonly updatedBy: string
        readonly inert: readonly {
          readonly environment?: string | undefined
          readonly reason: string
          readonly rule: string
        }[]
      }[]
      readonly next: string | null
    }>
  >
  /** Roll a config back to a version (platform): `POST /platform/namespaces/{ns}/configs/{key}/rollback` */
  readonly rollbackPlatformNamespaceConfig: (
    request: WriteOptions & {
      readonly path: {
        /** A name or an id. */
        readonly ns: string
        readonly key: string
      }
      readonly body: {
        readonly version: number
        readonly environment?: string | undefined
      }
    },
  ) => Promise<
    Answer<{
      readonly namespace: string
      readonly key: string
      readonly layer: string
      readonly environment?: string | undefined
      readonly type: string
      /** As it is written in the own layer; absent where there is none. */
      readonly value?: unknown
      readonly validation?: unknown
      readonly combine?: unknown
      readonly description?: unknown
      readonly policy?: unknown
      readonly dormant?: true | undefined
      readonly id: string
      readonly definedBy: 'platform' | 'tenant'
      /** Of what a PUT would write; 0 while that is not there. */
      readonly version: number
      readonly revision: number
      readonly createdAt: string
      readonly createdBy: string
      readonly updatedAt: string
      readonly updatedBy: string
    }>
  >
  /** Apply changes (platform): `POST /platform/changes` */
  readonly applyPlatformChanges: (
    request: WriteOptions & {
      readonly body: {
        readonly message?: string | undefined
        /** Refuse unless the log is at this revision; needed where protected environments are touched. */
        readonly ifRevision?: number | undefined
        readonly changes: readonly {
          readonly op: 'put' | 'delete'
          readonly resource: {
            /** namespace, config, override, environment … */
            readonly kind: string
            readonly metadata: {
              readonly name: string
              readonly namespace?: string | undefined
              readonly layer?: string | undefined
              readonly environment?: string | undefined
              readonly labels?: Readonly<Record<string, string>> | undefined
            }
            readonly spec?: Readonly<Record<string, unknown>> | undefined
          }
          /** The version that is expected; 0: nothing is there. */
          readonly ifVersion?: number | undefined
        }[]
      }
    },
  ) => Promise<
    Answer<{
      readonly revision: number
      /** null: nothing had to change, or a dry run. */
      readonly commit: string | null
      readonly results: readonly {
        readonly kind: string
        readonly name: string
        readonly version: number
      }[]
    }>
  >
  /** List commits (platform): `GET /platform/commits` */
  readonly listPlatformCommits: (
    request?: Options & {
      readonly query?: {
        readonly kind?: string | undefined
        /** An id, a name, or namespace/key. */
        readonly resource?: string | undefined
        readonly actor?: string | undefined
        /** A revision or an RFC 3339 time, the oldest to list. */
        readonly from?: string | undefined
        /** A revision or an RFC 3339 time, the newest to list. */
        readonly to?: string | undefined
        readonly limit?: number | undefined
        readonly cursor?: string | undefined
      }
    },
  ) => Promise<
    Answer<{
      readonly items: readonly {
        readonly revision: number
        readonly id: string
        readonly time: string
        readonly actor: string
        readonly origin: {
          readonly type: string
          readonly request?: string | undefined
          readonly of?: string | undefined
        }
        readonly message?: string | undefined
        readonly changes: number
      }[]
      readonly next: string | null
    }>
  >
  /** Read a commit (platform): `GET /platform/commits/{revision}` */
  readonly readPlatformCommit: (
    request: Options & {
      readonly path: {
        /** A revision, from 1. */
        readonly revision: string
      }
    },
  ) => Promise<
    Answer<{
      readonly revision: number
      readonly id: string
      readonly time: string
      readonly actor: string
      readonly origin: {
        readonly type: string
        readonly request?: string | undefined
        readonly of?: string | undefined
      }
      readonly message?: string | undefined
      readonly diff: readonly {
        readonly kind: string
        readonly name: string
        readonly namespace?: string | undefined
        readonly layer?: string | undefined
        readonly environment?: string | undefined
        readonly op: 'create' | 'update' | 'delete'
        /** The body before; null where there was none. */
        readonly before: unknown
        /** The body after; null where there is none. */
        readonly after: unknown
        readonly hidden?: true | undefined
      }[]
      readonly hidden: number
    }>
  >
  /** List audit entries (platform): `GET /platform/audit` */
  readonly listPlatformAudit: (
    request?: Options & {
      readonly query?: {
        /** change, import, rollback …; login, login_failed, denied, export … */
        readonly type?: string | undefined
        /** `user:<id>`, `key:<id>`, `system`, or the id alone. */
        readonly actor?: string | undefined
        /** An id, a name, kind/name, namespace/key or kind/namespace/key. */
        readonly resource?: string | undefined
        /** RFC 3339, the oldest to list. */
        readonly from?: string | undefined
        /** RFC 3339, the newest to list. */
        readonly to?: string | undefined
        /** csv with one header on the first page; syslog as RFC 5424, one line each. `Link` names the next page. */
        readonly format?: 'json' | 'csv' | 'syslog' | undefined
        readonly limit?: number | undefined
        readonly cursor?: string | undefined
      }
    },
  ) => Promise<
    Answer<{
      readonly items: readonly {
        readonly id: string
        /** RFC 3339, in UTC. */
        readonly time: string
        readonly log: 'config' | 'access'
        /** In its own log. */
        readonly revision: number
        readonly type: string
        readonly actor: {
          readonly id: string
          readonly name: string | null
        }
        readonly resource: string | null
        /** What a commit changed, the first hundred. */
        readonly resources: readonly {
          readonly kind: string
          readonly name: string
          readonly namespace?: string | undefined
          readonly environment?: string | undefined
          readonly op: 'put' | 'delete'
        }[]
        readonly changes: number
        readonly message: string | null
        readonly request: string | null
        readonly data: Readonly<Record<string, unknown>>
      }[]
      readonly next: string | null
    }>
  >
  /** Verify the logs (platform): `POST /platform/audit/verify` */
  readonly verifyPlatformAudit: (
    request?: Options & {
      readonly query?: {
        /** Lines that an earlier verification answered as `head`, with commas between: the logs must still reach them, unchanged. */
        readonly heads?: string | undefined
      }
    },
  ) => Promise<
    Answer<{
      readonly ok: boolean
      readonly logs: readonly {
        /** `gone`: a head of it was kept, and it is none of the two that there are. */
        readonly log: 'config' | 'access' | 'gone'
        readonly id: string
        readonly ok: boolean
        /** The newest that is good, or the first that is not. */
        readonly revision: number
        readonly batches: number | null
        readonly reason: string | null
        readonly trimmed: {
          /** All up to it went. */
          readonly revision: number
          /** RFC 3339, in UTC. */
          readonly until: string
        } | null
        readonly head: string | null
      }[]
      /** The Ed25519 key with which the installation signs checkpoints and heads. */
      readonly publicKey: {
        readonly id: string
        /** SPKI in PEM. */
        readonly pem: string
      }
    }>
  >
  /** List the versions of the keys (platform): `GET /platform/keys` */
  readonly listPlatformKeys: (request?: Options) => Promise<
    Answer<{
      readonly items: readonly {
        /** The log that the key seals: configuration, or the access log */
        readonly log: 'config' | 'access'
        readonly version: number
        /** RFC 3339, in UTC. */
        readonly createdAt: string
        /** New commits are sealed with it; the others are there to read older ones. */
        readonly newest: boolean
      }[]
    }>
  >
  /** Rotate the keys (platform): `POST /platform/keys/rotate` */
  readonly rotatePlatformKey: (
    request?: WriteOptions & {
      readonly query?: {
        /** The log that the key seals: configuration, or the access log */
        readonly log?: 'config' | 'access' | undefined
      }
    },
  ) => Promise<
    Answer<{
      readonly items: readonly {
        /** The log that the key seals: configuration, or the access log */
        readonly log: 'config' | 'access'
        readonly version: number
        /** RFC 3339, in UTC. */
        readonly createdAt: string
        /** New commits are sealed with it; the others are there to read older ones. */
        readonly newest: boolean
      }[]
    }>
  >
  /** List members (platform): `GET /platform/members` */
  readonly listPlatformMembers: (
    request?: Options & {
      readonly query?: {
        readonly limit?: number | undefined
        readonly cursor?: string | undefined
        readonly q?: string | undefined
        readonly role?: string | undefined
        readonly sort?: string | undefined
      }
    },
  ) => Promise<
    Answer<{
      readonly items: readonly {
        /** The user's id. */
        readonly id: string
        readonly email: string | null
        readonly displayName: string | null
        readonly roles: readonly string[]
        readonly version: number
        /** RFC 3339, in UTC. */
        readonly createdAt: string
        /** RFC 3339, in UTC. */
        readonly updatedAt: string
      }[]
      readonly next: string | null
    }>
  >
  /** Invite a member (platform): `POST /platform/members` */
  readonly createPlatformMember: (
    request: WriteOptions & {
      readonly body: {
        /** Case and Unicode variants are one address. */
        readonly email: string
        readonly roles: readonly string[]
      }
    },
  ) => Promise<
    Answer<{
      /** Of the invitation. */
      readonly id: string
      readonly email: string
      readonly roles: readonly string[]
      /** Left out of a dry run. */
      readonly invitation?: string | undefined
      /** RFC 3339, in UTC. */
      readonly expiresAt: string
    }>
  >
  /** Show a member (platform): `GET /platform/members/{id}` */
  readonly readPlatformMember: (
    request: Options & {
      readonly path: {
        readonly id: string
      }
    },
  ) => Promise<
    Answer<{
      /** The user's id. */
      readonly id: string
      readonly email: string | null
      readonly displayName: string | null
      readonly roles: readonly string[]
      readonly version: number
      /** RFC 3339, in UTC. */
      readonly createdAt: string
      /** RFC 3339, in UTC. */
      readonly updatedAt: string
    }>
  >
  /** Change a member's roles (platform): `PATCH /platform/members/{id}` */
  readonly patchPlatformMember: (
    request: WriteOptions & {
      readonly path: {
        readonly id: string
      }
      readonly body: {
        readonly roles: readonly string[]
      }
      readonly mediaType?: 'application/json' | 'application/merge-patch+json'
    },
  ) => Promise<
    Answer<{
      /** The user's id. */
      readonly id: string
      readonly email: string | null
      readonly displayName: string | null
      readonly roles: readonly string[]
      readonly version: number
      /** RFC 3339, in UTC. */
      readonly createdAt: string
      /** RFC 3339, in UTC. */
      readonly updatedAt: string
    }>
  >
  /** Remove a member (platform): `DELETE /platform/members/{id}` */
  readonly deletePlatformMember: (
    request: WriteOptions & {
      readonly path: {
        readonly id: string
      }
    },
  ) => Promise<Answer<undefined>>
  /** List API keys (platform): `GET /platform/api-keys` */
  readonly listPlatformApiKeys: (
    request?: Options & {
      readonly query?: {
        readonly limit?: number | undefined
        readonly cursor?: string | undefined
        readonly q?: string | undefined
        readonly role?: string | undefined
        readonly sort?: string | undefined
      }
    },
  ) => Promise<
    Answer<{
      readonly items: readonly {
        readonly id: string
        readonly name: string
        /** The public part of the key's text. */
        readonly keyId: string
        readonly role: string
        /** None: all. */
        readonly namespaces: readonly string[]
        /** None: all. */
        readonly environments: readonly string[]
        readonly expiresAt: string | null
        readonly expired: boolean
        readonly version: number
        /** RFC 3339, in UTC. */
        readonly createdAt: string
        readonly createdBy: string
      }[]
      readonly next: string | null
    }>
  >
  /** Make an API key (platform): `POST /platform/api-keys` */
  readonly createPlatformApiKey: (
    request: WriteOptions & {
      readonly body: {
        readonly name: string
        readonly role: string
        readonly namespaces?: readonly string[] | undefined
        readonly environments?: readonly string[] | undefined
        /** RFC 3339, a time to come. */
        readonly expiresAt?: string | undefined
      }
    },
  ) => Promise<
    Answer<{
      readonly id: string
      /** Left out of a dry run. */
      readonly key?: string | undefined
    }>
  >
  /** Show an API key (platform): `GET /platform/api-keys/{id}` */
  readonly readPlatformApiKey: (
    request: Options & {
      readonly path: {
        readonly id: string
      }
    },
  ) => Promise<
    Answer<{
      readonly id: string
      readonly name: string
      /** The public part of the key's text. */
      readonly keyId: string
      readonly role: string
      /** None: all. */
      readonly namespaces: readonly string[]
      /** None: all. */
      readonly environments: readonly string[]
      readonly expiresAt: string | null
      readonly expired: boolean
      readonly version: number
      /** RFC 3339, in UTC. */
      readonly createdAt: string
      readonly createdBy: string
    }>
  >
  /** Revoke an API key (platform): `DELETE /platform/api-keys/{id}` */
  readonly deletePlatformApiKey: (
    request: WriteOptions & {
      readonly path: {
        readonly id: string
      }
    },
  ) => Promise<Answer<undefined>>
  /** Issue a reset link: `POST /platform/users/{user}/reset` */
  readonly resetPlatformUser: (
    request: Options & {
      readonly path: {
        /** An id or an email. */
        readonly user: string
      }
    },
  ) => Promise<
    Answer<{
      readonly invitation: string
      readonly expiresAt: string
    }>
  >
}

/** By name: the route, and whether it writes. */
export const routes: { readonly [Name in keyof Operations]: readonly [route: string, writes: boolean] } = {
  readValues: ['GET /values', false],
  readNamespaceValues: ['GET /values/{ns}', false],
  readValue: ['GET /values/{ns}/{key}', false],
  listNamespaces: ['GET /namespaces', false],
  createNamespace: ['POST /namespaces', true],
  readNamespace: ['GET /namespaces/{ns}', false],
  putNamespace: ['PUT /namespaces/{ns}', true],
  patchNamespace: ['PATCH /namespaces/{ns}', true],
  deleteNamespace: ['DELETE /namespaces/{ns}', true],
  listNamespaceConfigs: ['GET /namespaces/{ns}/configs', false],
  createNamespaceConfig: ['POST /namespaces/{ns}/configs', true],
  readNamespaceConfig: ['GET /namespaces/{ns}/configs/{key}', false],
  putNamespaceConfig: ['PUT /namespaces/{ns}/configs/{key}', true],
  patchNamespaceConfig: ['PATCH /namespaces/{ns}/configs/{key}', true],
  deleteNamespaceConfig: ['DELETE /namespaces/{ns}/configs/{key}', true],
  listNamespaceConfigEffective: ['GET /namespaces/{ns}/configs/{key}/effective', false],
  listNamespaceConfigHistory: ['GET /namespaces/{ns}/configs/{key}/history', false],
  rollbackNamespaceConfig: ['POST /namespaces/{ns}/configs/{key}/rollback', true],
  listConfigs: ['GET /configs', false],
  createConfig: ['POST /configs', true],
  readConfig: ['GET /configs/{id}', false],
  putConfig: ['PUT /configs/{id}', true],
  patchConfig: ['PATCH /configs/{id}', true],
  deleteConfig: ['DELETE /configs/{id}', true],
  listOverrides: ['GET /overrides', false],
  listEnvironments: ['GET /environments', false],
  createEnvironment: ['POST /environments', true],
  readEnvironment: ['GET /environments/{name}', false],
  putEnvironment: ['PUT /environments/{name}', true],
  patchEnvironment: ['PATCH /environments/{name}', true],
  deleteEnvironment: ['DELETE /environments/{name}', true],
  listApplications: ['GET /applications', false],
  createApplication: ['POST /applications', true],
  readApplication: ['GET /applications/{id}', false],
  putApplication: ['PUT /applications/{id}', true],
  patchApplication: ['PATCH /applications/{id}', true],
  deleteApplication: ['DELETE /applications/{id}', true],
  listApplicationConfigs: ['GET /applications/{id}/configs', false],
  applyChanges: ['POST /changes', true],
  listCommits: ['GET /commits', false],
  readCommit: ['GET /commits/{revision}', false],
  revertCommit: ['POST /commits/{revision}/revert', true],
  restore: ['POST /restore', true],
  compare: ['GET /diff', false],
  import: ['POST /import', true],
  export: ['GET /export', false],
  createPreview: ['POST /preview', false],
  register: ['POST /auth/register', false],
  login: ['POST /auth/login', false],
  refresh: ['POST /auth/refresh', false],
  logout: ['POST /auth/logout', false],
  createToken: ['POST /auth/token', false],
  readMe: ['GET /auth/me', false],
  putPassword: ['PUT /auth/password', false],
  listSessions: ['GET /auth/sessions', false],
  deleteSession: ['DELETE /auth/sessions/{id}', false],
  accept: ['POST /auth/accept', false],
  listMembers: ['GET /members', false],
  createMember: ['POST /members', true],
  readMember: ['GET /members/{id}', false],
  patchMember: ['PATCH /members/{id}', true],
  deleteMember: ['DELETE /members/{id}', true],
  listApiKeys: ['GET /api-keys', false],
  createApiKey: ['POST /api-keys', true],
  readApiKey: ['GET /api-keys/{id}', false],
  deleteApiKey: ['DELETE /api-keys/{id}', true],
  listRoles: ['GET /roles', false],
  createRole: ['POST /roles', true],
  readRole: ['GET /roles/{name}', false],
  putRole: ['PUT /roles/{name}', true],
  deleteRole: ['DELETE /roles/{name}', true],
  checkAccess: ['POST /access/check', false],
  listAccess: ['GET /access', false],
  listPermissions: ['GET /permissions', false],
  readSettings: ['GET /settings', false],
  patchSettings: ['PATCH /settings', true],
  listAudit: ['GET /audit', false],
  verifyAudit: ['POST /audit/verify', false],
  readUsage: ['GET /usage', false],
  listKeys: ['GET /keys', false],
  rotateKey: ['POST /keys/rotate', true],
  listPlatformTenants: ['GET /platform/tenants', false],
  createPlatformTenant: ['POST /platform/tenants', true],
  readPlatformTenant: ['GET /platform/tenants/{tenant}', false],
  patchPlatformTenant: ['PATCH /platform/tenants/{tenant}', true],
  deletePlatformTenant: ['DELETE /platform/tenants/{tenant}', true],
  readPlatformTenantCertificate: ['GET /platform/tenants/{tenant}/certificate', false],
  createPlatformTenantOwner: ['POST /platform/tenants/{tenant}/owner', true],
  rotatePlatformTenantKey: ['POST /platform/tenants/{tenant}/keys/rotate', true],
  listPlatformBrands: ['GET /platform/brands', false],
  createPlatformBrand: ['POST /platform/brands', true],
  readPlatformBrand: ['GET /platform/brands/{name}', false],
  putPlatformBrand: ['PUT /platform/brands/{name}', true],
  patchPlatformBrand: ['PATCH /platform/brands/{name}', true],
  deletePlatformBrand: ['DELETE /platform/brands/{name}', true],
  listPlatformPlans: ['GET /platform/plans', false],
  createPlatformPlan: ['POST /platform/plans', true],
  readPlatformPlan: ['GET /platform/plans/{name}', false],
  putPlatformPlan: ['PUT /platform/plans/{name}', true],
  patchPlatformPlan: ['PATCH /platform/plans/{name}', true],
  deletePlatformPlan: ['DELETE /platform/plans/{name}', true],
  listPlatformEnvironments: ['GET /platform/environments', false],
  createPlatformEnvironment: ['POST /platform/environments', true],
  readPlatformEnvironment: ['GET /platform/environments/{name}', false],
  putPlatformEnvironment: ['PUT /platform/environments/{name}', true],
  patchPlatformEnvironment: ['PATCH /platform/environments/{name}', true],
  deletePlatformEnvironment: ['DELETE /platform/environments/{name}', true],
  listPlatformNamespaces: ['GET /platform/namespaces', false],
  createPlatformNamespace: ['POST /platform/namespaces', true],
  readPlatformNamespace: ['GET /platform/namespaces/{ns}', false],
  putPlatformNamespace: ['PUT /platform/namespaces/{ns}', true],
  patchPlatformNamespace: ['PATCH /platform/namespaces/{ns}', true],
  deletePlatformNamespace: ['DELETE /platform/namespaces/{ns}', true],
  listPlatformNamespaceConfigs: ['GET /platform/namespaces/{ns}/configs', false],
  createPlatformNamespaceConfig: ['POST /platform/namespaces/{ns}/configs', true],
  readPlatformNamespaceConfig: ['GET /platform/namespaces/{ns}/configs/{key}', false],
  putPlatformNamespaceConfig: ['PUT /platform/namespaces/{ns}/configs/{key}', true],
  patchPlatformNamespaceConfig: ['PATCH /platform/namespaces/{ns}/configs/{key}', true],
  deletePlatformNamespaceConfig: ['DELETE /platform/namespaces/{ns}/configs/{key}', true],
  listPlatformNamespaceConfigHistory: ['GET /platform/namespaces/{ns}/configs/{key}/history', false],
  listPlatformOverrides: ['GET /platform/overrides', false],
  rollbackPlatformNamespaceConfig: ['POST /platform/namespaces/{ns}/configs/{key}/rollback', true],
  applyPlatformChanges: ['POST /platform/changes', true],
  listPlatformCommits: ['GET /platform/commits', false],
  readPlatformCommit: ['GET /platform/commits/{revision}', false],
  listPlatformAudit: ['GET /platform/audit', false],
  verifyPlatformAudit: ['POST /platform/audit/verify', false],
  listPlatformKeys: ['GET /platform/keys', false],
  rotatePlatformKey: ['POST /platform/keys/rotate', true],
  listPlatformMembers: ['GET /platform/members', false],
  createPlatformMember: ['POST /platform/members', true],
  readPlatformMember: ['GET /platform/members/{id}', false],
  patchPlatformMember: ['PATCH /platform/members/{id}', true],
  deletePlatformMember: ['DELETE /platform/members/{id}', true],
  listPlatformApiKeys: ['GET /platform/api-keys', false],
  createPlatformApiKey: ['POST /platform/api-keys', true],
  readPlatformApiKey: ['GET /platform/api-keys/{id}', false],
  deletePlatformApiKey: ['DELETE /platform/api-keys/{id}', true],
  resetPlatformUser: ['POST /platform/users/{user}/reset', false],
}
