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
        /** With the layer that each value comes from, and what it shadows. */
        readonly explain?: boolean | undefined
        /** What the answer is written in. */
        readonly format?: 'json' | 'yaml' | 'env' | 'properties' | 'toml' | 'docker' | 'configmap' | undefined
        /** Keys as they are, or nested at their dots. */
        readonly layout?: 'flat' | 'nested' | undefined
        /** Only in this namespace. */
        readonly namespace?: string | undefined
        /** All values of this application, instead of a namespace. */
        readonly application?: string | undefined
      }
    },
  ) => Promise<
    Answer<{
      /** The environment that it holds in; none: its base value. */
      readonly environment: string
      /** The application that was asked for. */
      readonly application?: string | undefined
      /** The values, by namespace and key. */
      readonly values: Readonly<Record<string, unknown>>
      /** For each part of a value, where it comes from. */
      readonly explanation?:
        | readonly {
            /** The namespace that it is in. */
            readonly namespace: string
            /** The key, within its namespace. */
            readonly key: string
            /** The part of the value, as a JSON pointer; empty: all of it. */
            readonly pointer: string
            /** Where the value comes from. */
            readonly winner?:
              | {
                  /** The layer that it comes from: platform, brand:…, plan:… or tenant. */
                  readonly layer: string
                  /** The environment that it holds in; none: its base value. */
                  readonly environment?: string | undefined
                  /** Which log it is, or lies in. */
                  readonly log: 'platform' | 'tenant'
                  /** The revision of the log. */
                  readonly revision: number
                  /** Its version; one more with each change of it. */
                  readonly version: number
                  /** Who set it; to tenants, the people of the platform are `platform`. */
                  readonly author?: string | undefined
                  /** The value. */
                  readonly value?: unknown
                  /** What is there no longer, or that it is not. */
                  readonly removed?: true | undefined
                  /** The caller may not see it, or how many they may not. */
                  readonly hidden?: true | undefined
                }
              | undefined
            /** What is not read, and why. */
            readonly shadowed: readonly {
              /** The layer that it comes from: platform, brand:…, plan:… or tenant. */
              readonly layer: string
              /** The environment that it holds in; none: its base value. */
              readonly environment?: string | undefined
              /** Which log it is, or lies in. */
              readonly log: 'platform' | 'tenant'
              /** The revision of the log. */
              readonly revision: number
              /** Its version; one more with each change of it. */
              readonly version: number
              /** Who set it; to tenants, the people of the platform are `platform`. */
              readonly author?: string | undefined
              /** The value. */
              readonly value?: unknown
              /** What is there no longer, or that it is not. */
              readonly removed?: true | undefined
              /** The caller may not see it, or how many they may not. */
              readonly hidden?: true | undefined
              /** Why. */
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
        /** The namespace, by name or id. */
        readonly ns: string
      }
      readonly query?: {
        /** Needed unless the API key is bound to exactly one. */
        readonly environment?: string | undefined
        /** A revision of the tenant, a point such as 812-450, or a time (RFC 3339). */
        readonly at?: string | undefined
        /** With the layer that each value comes from, and what it shadows. */
        readonly explain?: boolean | undefined
        /** What the answer is written in. */
        readonly format?: 'json' | 'yaml' | 'env' | 'properties' | 'toml' | 'docker' | 'configmap' | undefined
        /** Keys as they are, or nested at their dots. */
        readonly layout?: 'flat' | 'nested' | undefined
      }
    },
  ) => Promise<
    Answer<{
      /** The environment that it holds in; none: its base value. */
      readonly environment: string
      /** The application that was asked for. */
      readonly application?: string | undefined
      /** The values, by namespace and key. */
      readonly values: Readonly<Record<string, unknown>>
      /** For each part of a value, where it comes from. */
      readonly explanation?:
        | readonly {
            /** The namespace that it is in. */
            readonly namespace: string
            /** The key, within its namespace. */
            readonly key: string
            /** The part of the value, as a JSON pointer; empty: all of it. */
            readonly pointer: string
            /** Where the value comes from. */
            readonly winner?:
              | {
                  /** The layer that it comes from: platform, brand:…, plan:… or tenant. */
                  readonly layer: string
                  /** The environment that it holds in; none: its base value. */
                  readonly environment?: string | undefined
                  /** Which log it is, or lies in. */
                  readonly log: 'platform' | 'tenant'
                  /** The revision of the log. */
                  readonly revision: number
                  /** Its version; one more with each change of it. */
                  readonly version: number
                  /** Who set it; to tenants, the people of the platform are `platform`. */
                  readonly author?: string | undefined
                  /** The value. */
                  readonly value?: unknown
                  /** What is there no longer, or that it is not. */
                  readonly removed?: true | undefined
                  /** The caller may not see it, or how many they may not. */
                  readonly hidden?: true | undefined
                }
              | undefined
            /** What is not read, and why. */
            readonly shadowed: readonly {
              /** The layer that it comes from: platform, brand:…, plan:… or tenant. */
              readonly layer: string
              /** The environment that it holds in; none: its base value. */
              readonly environment?: string | undefined
              /** Which log it is, or lies in. */
              readonly log: 'platform' | 'tenant'
              /** The revision of the log. */
              readonly revision: number
              /** Its version; one more with each change of it. */
              readonly version: number
              /** Who set it; to tenants, the people of the platform are `platform`. */
              readonly author?: string | undefined
              /** The value. */
              readonly value?: unknown
              /** What is there no longer, or that it is not. */
              readonly removed?: true | undefined
              /** The caller may not see it, or how many they may not. */
              readonly hidden?: true | undefined
              /** Why. */
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
        /** The namespace, by name or id. */
        readonly ns: string
        /** The key, within its namespace. */
        readonly key: string
      }
      readonly query?: {
        /** Needed unless the API key is bound to exactly one. */
        readonly environment?: string | undefined
        /** A revision of the tenant, a point such as 812-450, or a time (RFC 3339). */
        readonly at?: string | undefined
        /** With the layer that each value comes from, and what it shadows. */
        readonly explain?: boolean | undefined
      }
    },
  ) => Promise<
    Answer<{
      /** The namespace that it is in. */
      readonly namespace: string
      /** The key, within its namespace. */
      readonly key: string
      /** The environment that it holds in; none: its base value. */
      readonly environment: string
      /** What it is, or what kind of value it takes. */
      readonly type: string
      /** The value. */
      readonly value: unknown
      /** For each part of a value, where it comes from. */
      readonly explanation?:
        | readonly {
            /** The namespace that it is in. */
            readonly namespace: string
            /** The key, within its namespace. */
            readonly key: string
            /** The part of the value, as a JSON pointer; empty: all of it. */
            readonly pointer: string
            /** Where the value comes from. */
            readonly winner?:
              | {
                  /** The layer that it comes from: platform, brand:…, plan:… or tenant. */
                  readonly layer: string
                  /** The environment that it holds in; none: its base value. */
                  readonly environment?: string | undefined
                  /** Which log it is, or lies in. */
                  readonly log: 'platform' | 'tenant'
                  /** The revision of the log. */
                  readonly revision: number
                  /** Its version; one more with each change of it. */
                  readonly version: number
                  /** Who set it; to tenants, the people of the platform are `platform`. */
                  readonly author?: string | undefined
                  /** The value. */
                  readonly value?: unknown
                  /** What is there no longer, or that it is not. */
                  readonly removed?: true | undefined
                  /** The caller may not see it, or how many they may not. */
                  readonly hidden?: true | undefined
                }
              | undefined
            /** What is not read, and why. */
            readonly shadowed: readonly {
              /** The layer that it comes from: platform, brand:…, plan:… or tenant. */
              readonly layer: string
              /** The environment that it holds in; none: its base value. */
              readonly environment?: string | undefined
              /** Which log it is, or lies in. */
              readonly log: 'platform' | 'tenant'
              /** The revision of the log. */
              readonly revision: number
              /** Its version; one more with each change of it. */
              readonly version: number
              /** Who set it; to tenants, the people of the platform are `platform`. */
              readonly author?: string | undefined
              /** The value. */
              readonly value?: unknown
              /** What is there no longer, or that it is not. */
              readonly removed?: true | undefined
              /** The caller may not see it, or how many they may not. */
              readonly hidden?: true | undefined
              /** Why. */
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
        /** At most so many of them. */
        readonly limit?: number | undefined
        /** Where the page before ended: `next` of its answer. */
        readonly cursor?: string | undefined
        /** Only those with this text in them. */
        readonly q?: string | undefined
        /** A field; with - before it from high to low. */
        readonly sort?: string | undefined
        /** Only those that the platform, or the tenant, defines. */
        readonly definedBy?: string | undefined
        /** Only those that are closed, or only the others. */
        readonly closed?: boolean | undefined
      }
    },
  ) => Promise<
    Answer<{
      /** A page of them. */
      readonly items: readonly {
        /** Its name. */
        readonly name: string
        /** A name for people to read. */
        readonly displayName?: string | undefined
        /** What it is for. */
        readonly description?: string | undefined
        /** Whether tenants may add no keys of their own. */
        readonly closed?: boolean | undefined
        /** Its id. */
        readonly id: string
        /** Whether the platform or the tenant defines it. */
        readonly definedBy: 'platform' | 'tenant'
        /** Of what a PUT would write; 0 while that is not there. */
        readonly version: number
        /** The revision of the log. */
        readonly revision: number
        /** When it was made, RFC 3339. */
        readonly createdAt: string
        /** Who made it. */
        readonly createdBy: string
        /** When it was changed last, RFC 3339. */
        readonly updatedAt: string
        /** Who changed it last. */
        readonly updatedBy: string
      }[]
      /** The cursor of the next page; null at the end. */
      readonly next: string | null
    }>
  >
  /** Create a namespace: `POST /namespaces` */
  readonly createNamespace: (
    request: WriteOptions & {
      readonly body: {
        /** Its name, for good; another name is another one. */
        readonly name: string
        /** A name for people to read. */
        readonly displayName?: string | undefined
        /** What it is for. */
        readonly description?: string | undefined
        /** Of a platform namespace: tenants add no keys to it. */
        readonly closed?: boolean | undefined
      }
    },
  ) => Promise<
    Answer<{
      /** Its name. */
      readonly name: string
      /** A name for people to read. */
      readonly displayName?: string | undefined
      /** What it is for. */
      readonly description?: string | undefined
      /** Whether tenants may add no keys of their own. */
      readonly closed?: boolean | undefined
      /** Its id. */
      readonly id: string
      /** Whether the platform or the tenant defines it. */
      readonly definedBy: 'platform' | 'tenant'
      /** Of what a PUT would write; 0 while that is not there. */
      readonly version: number
      /** The revision of the log. */
      readonly revision: number
      /** When it was made, RFC 3339. */
      readonly createdAt: string
      /** Who made it. */
      readonly createdBy: string
      /** When it was changed last, RFC 3339. */
      readonly updatedAt: string
      /** Who changed it last. */
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
      /** Its name. */
      readonly name: string
      /** A name for people to read. */
      readonly displayName?: string | undefined
      /** What it is for. */
      readonly description?: string | undefined
      /** Whether tenants may add no keys of their own. */
      readonly closed?: boolean | undefined
      /** Its id. */
      readonly id: string
      /** Whether the platform or the tenant defines it. */
      readonly definedBy: 'platform' | 'tenant'
      /** Of what a PUT would write; 0 while that is not there. */
      readonly version: number
      /** The revision of the log. */
      readonly revision: number
      /** When it was made, RFC 3339. */
      readonly createdAt: string
      /** Who made it. */
      readonly createdBy: string
      /** When it was changed last, RFC 3339. */
      readonly updatedAt: string
      /** Who changed it last. */
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
        /** A name for people to read. */
        readonly displayName?: string | undefined
        /** What it is for. */
        readonly description?: string | undefined
        /** Of a platform namespace: tenants add no keys to it. */
        readonly closed?: boolean | undefined
      }
    },
  ) => Promise<
    Answer<{
      /** Its name. */
      readonly name: string
      /** A name for people to read. */
      readonly displayName?: string | undefined
      /** What it is for. */
      readonly description?: string | undefined
      /** Whether tenants may add no keys of their own. */
      readonly closed?: boolean | undefined
      /** Its id. */
      readonly id: string
      /** Whether the platform or the tenant defines it. */
      readonly definedBy: 'platform' | 'tenant'
      /** Of what a PUT would write; 0 while that is not there. */
      readonly version: number
      /** The revision of the log. */
      readonly revision: number
      /** When it was made, RFC 3339. */
      readonly createdAt: string
      /** Who made it. */
      readonly createdBy: string
      /** When it was changed last, RFC 3339. */
      readonly updatedAt: string
      /** Who changed it last. */
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
      /** Its name. */
      readonly name: string
      /** A name for people to read. */
      readonly displayName?: string | undefined
      /** What it is for. */
      readonly description?: string | undefined
      /** Whether tenants may add no keys of their own. */
      readonly closed?: boolean | undefined
      /** Its id. */
      readonly id: string
      /** Whether the platform or the tenant defines it. */
      readonly definedBy: 'platform' | 'tenant'
      /** Of what a PUT would write; 0 while that is not there. */
      readonly version: number
      /** The revision of the log. */
      readonly revision: number
      /** When it was made, RFC 3339. */
      readonly createdAt: string
      /** Who made it. */
      readonly createdBy: string
      /** When it was changed last, RFC 3339. */
      readonly updatedAt: string
      /** Who changed it last. */
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
        /** At most so many of them. */
        readonly limit?: number | undefined
        /** Where the page before ended: `next` of its answer. */
        readonly cursor?: string | undefined
        /** Only those with this text in them. */
        readonly q?: string | undefined
        /** A field; with - before it from high to low. */
        readonly sort?: string | undefined
        /** Only of this type. */
        readonly type?: string | undefined
        /** Only those that the platform, or the tenant, defines. */
        readonly definedBy?: string | undefined
        /** Only those that come together like this. */
        readonly combine?: string | undefined
      }
    },
  ) => Promise<
    Answer<{
      /** A page of them. */
      readonly items: readonly {
        /** The namespace that it is in. */
        readonly namespace: string
        /** The key, within its namespace. */
        readonly key: string
        /** The layer that it comes from: platform, brand:…, plan:… or tenant. */
        readonly layer: string
        /** The environment that it holds in; none: its base value. */
        readonly environment?: string | undefined
        /** What it is, or what kind of value it takes. */
        readonly type: string
        /** As it is written in the own layer; absent where there is none. */
        readonly value?: unknown
        /** What a value must keep to, such as {"min":1,"max":120}. */
        readonly validation?: unknown
        /** How the values of several layers come together. */
        readonly combine?: unknown
        /** What it is for. */
        readonly description?: unknown
        /** What tenants may do to it, such as {"mode":"locked"}. */
        readonly policy?: unknown
        /** The own definition that waits behind the one of the platform. */
        readonly dormant?: true | undefined
        /** Its id. */
        readonly id: string
        /** Whether the platform or the tenant defines it. */
        readonly definedBy: 'platform' | 'tenant'
        /** Of what a PUT would write; 0 while that is not there. */
        readonly version: number
        /** The revision of the log. */
        readonly revision: number
        /** When it was made, RFC 3339. */
        readonly createdAt: string
        /** Who made it. */
        readonly createdBy: string
        /** When it was changed last, RFC 3339. */
        readonly updatedAt: string
        /** Who changed it last. */
        readonly updatedBy: string
      }[]
      /** The cursor of the next page; null at the end. */
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
        /** The key, within its namespace; for good. */
        readonly key: string
        /** What kind of value it takes. */
        readonly type: 'string' | 'number' | 'boolean' | 'select' | 'json'
        /** Its base value. */
        readonly value?: unknown
        /** What a value must keep to, such as {"min":1,"max":120}. */
        readonly validation?: Readonly<Record<string, unknown>> | undefined
        /** How the values of several layers come together. */
        readonly combine?: 'replace' | 'merge' | 'append' | undefined
        /** What it is for. */
        readonly description?: string | undefined
      }
    },
  ) => Promise<
    Answer<{
      /** The namespace that it is in. */
      readonly namespace: string
      /** The key, within its namespace. */
      readonly key: string
      /** The layer that it comes from: platform, brand:…, plan:… or tenant. */
      readonly layer: string
      /** The environment that it holds in; none: its base value. */
      readonly environment?: string | undefined
      /** What it is, or what kind of value it takes. */
      readonly type: string
      /** As it is written in the own layer; absent where there is none. */
      readonly value?: unknown
      /** What a value must keep to, such as {"min":1,"max":120}. */
      readonly validation?: unknown
      /** How the values of several layers come together. */
      readonly combine?: unknown
      /** What it is for. */
      readonly description?: unknown
      /** What tenants may do to it, such as {"mode":"locked"}. */
      readonly policy?: unknown
      /** The own definition that waits behind the one of the platform. */
      readonly dormant?: true | undefined
      /** Its id. */
      readonly id: string
      /** Whether the platform or the tenant defines it. */
      readonly definedBy: 'platform' | 'tenant'
      /** Of what a PUT would write; 0 while that is not there. */
      readonly version: number
      /** The revision of the log. */
      readonly revision: number
      /** When it was made, RFC 3339. */
      readonly createdAt: string
      /** Who made it. */
      readonly createdBy: string
      /** When it was changed last, RFC 3339. */
      readonly updatedAt: string
      /** Who changed it last. */
      readonly updatedBy: string
    }>
  >
  /** Read a config: `GET /namespaces/{ns}/configs/{key}` */
  readonly readNamespaceConfig: (
    request: Options & {
      readonly path: {
        /** A name or an id. */
        readonly ns: string
        /** The key, within its namespace. */
        readonly key: string
      }
      readonly query?: {
        /** The override in this environment; without it the base value. */
        readonly environment?: string | undefined
      }
    },
  ) => Promise<
    Answer<{
      /** The namespace that it is in. */
      readonly namespace: string
      /** The key, within its namespace. */
      readonly key: string
      /** The layer that it comes from: platform, brand:…, plan:… or tenant. */
      readonly layer: string
      /** The environment that it holds in; none: its base value. */
      readonly environment?: string | undefined
      /** What it is, or what kind of value it takes. */
      readonly type: string
      /** As it is written in the own layer; absent where there is none. */
      readonly value?: unknown
      /** What a value must keep to, such as {"min":1,"max":120}. */
      readonly validation?: unknown
      /** How the values of several layers come together. */
      readonly combine?: unknown
      /** What it is for. */
      readonly description?: unknown
      /** What tenants may do to it, such as {"mode":"locked"}. */
      readonly policy?: unknown
      /** The own definition that waits behind the one of the platform. */
      readonly dormant?: true | undefined
      /** Its id. */
      readonly id: string
      /** Whether the platform or the tenant defines it. */
      readonly definedBy: 'platform' | 'tenant'
      /** Of what a PUT would write; 0 while that is not there. */
      readonly version: number
      /** The revision of the log. */
      readonly revision: number
      /** When it was made, RFC 3339. */
      readonly createdAt: string
      /** Who made it. */
      readonly createdBy: string
      /** When it was changed last, RFC 3339. */
      readonly updatedAt: string
      /** Who changed it last. */
      readonly updatedBy: string
    }>
  >
  /** Set a value, or replace the definition: `PUT /namespaces/{ns}/configs/{key}` */
  readonly putNamespaceConfig: (
    request: WriteOptions & {
      readonly path: {
        /** A name or an id. */
        readonly ns: string
        /** The key, within its namespace. */
        readonly key: string
      }
      readonly query?: {
        /** The override in this environment; without it the base value. */
        readonly environment?: string | undefined
      }
      readonly body: {
        /** What kind of value it takes. */
        readonly type?: 'string' | 'number' | 'boolean' | 'select' | 'json' | undefined
        /** Its base value. */
        readonly value?: unknown
        /** What a value must keep to, such as {"min":1,"max":120}. */
        readonly validation?: Readonly<Record<string, unknown>> | undefined
        /** How the values of several layers come together. */
        readonly combine?: 'replace' | 'merge' | 'append' | undefined
        /** What it is for. */
        readonly description?: string | undefined
      }
    },
  ) => Promise<
    Answer<{
      /** The namespace that it is in. */
      readonly namespace: string
      /** The key, within its namespace. */
      readonly key: string
      /** The layer that it comes from: platform, brand:…, plan:… or tenant. */
      readonly layer: string
      /** The environment that it holds in; none: its base value. */
      readonly environment?: string | undefined
      /** What it is, or what kind of value it takes. */
      readonly type: string
      /** As it is written in the own layer; absent where there is none. */
      readonly value?: unknown
      /** What a value must keep to, such as {"min":1,"max":120}. */
      readonly validation?: unknown
      /** How the values of several layers come together. */
      readonly combine?: unknown
      /** What it is for. */
      readonly description?: unknown
      /** What tenants may do to it, such as {"mode":"locked"}. */
      readonly policy?: unknown
      /** The own definition that waits behind the one of the platform. */
      readonly dormant?: true | undefined
      /** Its id. */
      readonly id: string
      /** Whether the platform or the tenant defines it. */
      readonly definedBy: 'platform' | 'tenant'
      /** Of what a PUT would write; 0 while that is not there. */
      readonly version: number
      /** The revision of the log. */
      readonly revision: number
      /** When it was made, RFC 3339. */
      readonly createdAt: string
      /** Who made it. */
      readonly createdBy: string
      /** When it was changed last, RFC 3339. */
      readonly updatedAt: string
      /** Who changed it last. */
      readonly updatedBy: string
    }>
  >
  /** Patch a config: `PATCH /namespaces/{ns}/configs/{key}` */
  readonly patchNamespaceConfig: (
    request: WriteOptions & {
      readonly path: {
        /** A name or an id. */
        readonly ns: string
        /** The key, within its namespace. */
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
      /** The namespace that it is in. */
      readonly namespace: string
      /** The key, within its namespace. */
      readonly key: string
      /** The layer that it comes from: platform, brand:…, plan:… or tenant. */
      readonly layer: string
      /** The environment that it holds in; none: its base value. */
      readonly environment?: string | undefined
      /** What it is, or what kind of value it takes. */
      readonly type: string
      /** As it is written in the own layer; absent where there is none. */
      readonly value?: unknown
      /** What a value must keep to, such as {"min":1,"max":120}. */
      readonly validation?: unknown
      /** How the values of several layers come together. */
      readonly combine?: unknown
      /** What it is for. */
      readonly description?: unknown
      /** What tenants may do to it, such as {"mode":"locked"}. */
      readonly policy?: unknown
      /** The own definition that waits behind the one of the platform. */
      readonly dormant?: true | undefined
      /** Its id. */
      readonly id: string
      /** Whether the platform or the tenant defines it. */
      readonly definedBy: 'platform' | 'tenant'
      /** Of what a PUT would write; 0 while that is not there. */
      readonly version: number
      /** The revision of the log. */
      readonly revision: number
      /** When it was made, RFC 3339. */
      readonly createdAt: string
      /** Who made it. */
      readonly createdBy: string
      /** When it was changed last, RFC 3339. */
      readonly updatedAt: string
      /** Who changed it last. */
      readonly updatedBy: string
    }>
  >
  /** Delete a config or an override: `DELETE /namespaces/{ns}/configs/{key}` */
  readonly deleteNamespaceConfig: (
    request: WriteOptions & {
      readonly path: {
        /** A name or an id. */
        readonly ns: string
        /** The key, within its namespace. */
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
        /** The key, within its namespace. */
        readonly key: string
      }
      readonly query?: {
        /** The override in this environment; without it the base value. */
        readonly environment?: string | undefined
      }
    },
  ) => Promise<
    Answer<{
      /** A page of them. */
      readonly items: readonly {
        /** The environment that it holds in; none: its base value. */
        readonly environment: string
        /** The value. */
        readonly value?: unknown
        /** Where the value comes from. */
        readonly winner?:
          | {
              /** The layer that it comes from: platform, brand:…, plan:… or tenant. */
              readonly layer: string
              /** The environment that it holds in; none: its base value. */
              readonly environment?: string | undefined
              /** Which log it is, or lies in. */
              readonly log: 'platform' | 'tenant'
              /** The revision of the log. */
              readonly revision: number
              /** Its version; one more with each change of it. */
              readonly version: number
              /** Who set it; to tenants, the people of the platform are `platform`. */
              readonly author?: string | undefined
              /** The value. */
              readonly value?: unknown
              /** The caller may not see it, or how many they may not. */
              readonly hidden?: true | undefined
            }
          | undefined
        /** What a rule forbids now, or whether it does: kept and skipped. */
        readonly inert: readonly {
          /** The layer that it comes from: platform, brand:…, plan:… or tenant. */
          readonly layer: string
          /** The environment that it holds in; none: its base value. */
          readonly environment?: string | undefined
          /** Which log it is, or lies in. */
          readonly log: 'platform' | 'tenant'
          /** The revision of the log. */
          readonly revision: number
          /** Its version; one more with each change of it. */
          readonly version: number
          /** Who set it; to tenants, the people of the platform are `platform`. */
          readonly author?: string | undefined
          /** The value. */
          readonly value?: unknown
          /** The caller may not see it, or how many they may not. */
          readonly hidden?: true | undefined
          /** Why. */
          readonly reason: string
          /** The rule that it breaks. */
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
        /** The key, within its namespace. */
        readonly key: string
      }
      readonly query?: {
        /** At most so many of them. */
        readonly limit?: number | undefined
        /** Where the page before ended: `next` of its answer. */
        readonly cursor?: string | undefined
        /** The override in this environment; without it the base value. */
        readonly environment?: string | undefined
      }
    },
  ) => Promise<
    Answer<{
      /** A page of them. */
      readonly items: readonly {
        /** Its version; one more with each change of it. */
        readonly version: number
        /** What became of it with this version. */
        readonly changeType: 'create' | 'update' | 'delete'
        /** The value. */
        readonly value?: unknown
        /** The environment that it holds in; none: its base value. */
        readonly environment?: string | undefined
        /** The layer that it comes from: platform, brand:…, plan:… or tenant. */
        readonly layer?: string | undefined
        /** When, RFC 3339. */
        readonly changedAt: string
        /** Who: `user:<id>`, `key:<id>` or `system`. */
        readonly changedBy: string
        /** The revision of the log. */
        readonly revision: number
        /** Why, as whoever made it said. */
        readonly message?: string | undefined
      }[]
      /** The cursor of the next page; null at the end. */
      readonly next: string | null
    }>
  >
  /** Roll a config back to a version: `POST /namespaces/{ns}/configs/{key}/rollback` */
  readonly rollbackNamespaceConfig: (
    request: WriteOptions & {
      readonly path: {
        /** A name or an id. */
        readonly ns: string
        /** The key, within its namespace. */
        readonly key: string
      }
      readonly body: {
        /** The version to go back to. */
        readonly version: number
        /** The environment that it is about. */
        readonly environment?: string | undefined
      }
    },
  ) => Promise<
    Answer<{
      /** The namespace that it is in. */
      readonly namespace: string
      /** The key, within its namespace. */
      readonly key: string
      /** The layer that it comes from: platform, brand:…, plan:… or tenant. */
      readonly layer: string
      /** The environment that it holds in; none: its base value. */
      readonly environment?: string | undefined
      /** What it is, or what kind of value it takes. */
      readonly type: string
      /** As it is written in the own layer; absent where there is none. */
      readonly value?: unknown
      /** What a value must keep to, such as {"min":1,"max":120}. */
      readonly validation?: unknown
      /** How the values of several layers come together. */
      readonly combine?: unknown
      /** What it is for. */
      readonly description?: unknown
      /** What tenants may do to it, such as {"mode":"locked"}. */
      readonly policy?: unknown
      /** The own definition that waits behind the one of the platform. */
      readonly dormant?: true | undefined
      /** Its id. */
      readonly id: string
      /** Whether the platform or the tenant defines it. */
      readonly definedBy: 'platform' | 'tenant'
      /** Of what a PUT would write; 0 while that is not there. */
      readonly version: number
      /** The revision of the log. */
      readonly revision: number
      /** When it was made, RFC 3339. */
      readonly createdAt: string
      /** Who made it. */
      readonly createdBy: string
      /** When it was changed last, RFC 3339. */
      readonly updatedAt: string
      /** Who changed it last. */
      readonly updatedBy: string
    }>
  >
  /** List configs across namespaces: `GET /configs` */
  readonly listConfigs: (
    request?: Options & {
      readonly query?: {
        /** At most so many of them. */
        readonly limit?: number | undefined
        /** Where the page before ended: `next` of its answer. */
        readonly cursor?: string | undefined
        /** Only those with this text in them. */
        readonly q?: string | undefined
        /** A field; with - before it from high to low. */
        readonly sort?: string | undefined
        /** A name or an id. */
        readonly namespace?: string | undefined
        /** Only of this type. */
        readonly type?: string | undefined
        /** Only those that the platform, or the tenant, defines. */
        readonly definedBy?: string | undefined
        /** Only those that come together like this. */
        readonly combine?: string | undefined
      }
    },
  ) => Promise<
    Answer<{
      /** A page of them. */
      readonly items: readonly {
        /** The namespace that it is in. */
        readonly namespace: string
        /** The key, within its namespace. */
        readonly key: string
        /** The layer that it comes from: platform, brand:…, plan:… or tenant. */
        readonly layer: string
        /** The environment that it holds in; none: its base value. */
        readonly environment?: string | undefined
        /** What it is, or what kind of value it takes. */
        readonly type: string
        /** As it is written in the own layer; absent where there is none. */
        readonly value?: unknown
        /** What a value must keep to, such as {"min":1,"max":120}. */
        readonly validation?: unknown
        /** How the values of several layers come together. */
        readonly combine?: unknown
        /** What it is for. */
        readonly description?: unknown
        /** What tenants may do to it, such as {"mode":"locked"}. */
        readonly policy?: unknown
        /** The own definition that waits behind the one of the platform. */
        readonly dormant?: true | undefined
        /** Its id. */
        readonly id: string
        /** Whether the platform or the tenant defines it. */
        readonly definedBy: 'platform' | 'tenant'
        /** Of what a PUT would write; 0 while that is not there. */
        readonly version: number
        /** The revision of the log. */
        readonly revision: number
        /** When it was made, RFC 3339. */
        readonly createdAt: string
        /** Who made it. */
        readonly createdBy: string
        /** When it was changed last, RFC 3339. */
        readonly updatedAt: string
        /** Who changed it last. */
        readonly updatedBy: string
      }[]
      /** The cursor of the next page; null at the end. */
      readonly next: string | null
    }>
  >
  /** Create a config in a named namespace: `POST /configs` */
  readonly createConfig: (
    request: WriteOptions & {
      readonly body: {
        /** A name or an id. */
        readonly namespace: string
        /** The key, within its namespace; for good. */
        readonly key: string
        /** What kind of value it takes. */
        readonly type: 'string' | 'number' | 'boolean' | 'select' | 'json'
        /** Its base value. */
        readonly value?: unknown
        /** What a value must keep to, such as {"min":1,"max":120}. */
        readonly validation?: Readonly<Record<string, unknown>> | undefined
        /** How the values of several layers come together. */
        readonly combine?: 'replace' | 'merge' | 'append' | undefined
        /** What it is for. */
        readonly description?: string | undefined
      }
    },
  ) => Promise<
    Answer<{
      /** The namespace that it is in. */
      readonly namespace: string
      /** The key, within its namespace. */
      readonly key: string
      /** The layer that it comes from: platform, brand:…, plan:… or tenant. */
      readonly layer: string
      /** The environment that it holds in; none: its base value. */
      readonly environment?: string | undefined
      /** What it is, or what kind of value it takes. */
      readonly type: string
      /** As it is written in the own layer; absent where there is none. */
      readonly value?: unknown
      /** What a value must keep to, such as {"min":1,"max":120}. */
      readonly validation?: unknown
      /** How the values of several layers come together. */
      readonly combine?: unknown
      /** What it is for. */
      readonly description?: unknown
      /** What tenants may do to it, such as {"mode":"locked"}. */
      readonly policy?: unknown
      /** The own definition that waits behind the one of the platform. */
      readonly dormant?: true | undefined
      /** Its id. */
      readonly id: string
      /** Whether the platform or the tenant defines it. */
      readonly definedBy: 'platform' | 'tenant'
      /** Of what a PUT would write; 0 while that is not there. */
      readonly version: number
      /** The revision of the log. */
      readonly revision: number
      /** When it was made, RFC 3339. */
      readonly createdAt: string
      /** Who made it. */
      readonly createdBy: string
      /** When it was changed last, RFC 3339. */
      readonly updatedAt: string
      /** Who changed it last. */
      readonly updatedBy: string
    }>
  >
  /** Read a config by its id: `GET /configs/{id}` */
  readonly readConfig: (
    request: Options & {
      readonly path: {
        /** Its id, or its name. */
        readonly id: string
      }
      readonly query?: {
        /** The override in this environment; without it the base value. */
        readonly environment?: string | undefined
      }
    },
  ) => Promise<
    Answer<{
      /** The namespace that it is in. */
      readonly namespace: string
      /** The key, within its namespace. */
      readonly key: string
      /** The layer that it comes from: platform, brand:…, plan:… or tenant. */
      readonly layer: string
      /** The environment that it holds in; none: its base value. */
      readonly environment?: string | undefined
      /** What it is, or what kind of value it takes. */
      readonly type: string
      /** As it is written in the own layer; absent where there is none. */
      readonly value?: unknown
      /** What a value must keep to, such as {"min":1,"max":120}. */
      readonly validation?: unknown
      /** How the values of several layers come together. */
      readonly combine?: unknown
      /** What it is for. */
      readonly description?: unknown
      /** What tenants may do to it, such as {"mode":"locked"}. */
      readonly policy?: unknown
      /** The own definition that waits behind the one of the platform. */
      readonly dormant?: true | undefined
      /** Its id. */
      readonly id: string
      /** Whether the platform or the tenant defines it. */
      readonly definedBy: 'platform' | 'tenant'
      /** Of what a PUT would write; 0 while that is not there. */
      readonly version: number
      /** The revision of the log. */
      readonly revision: number
      /** When it was made, RFC 3339. */
      readonly createdAt: string
      /** Who made it. */
      readonly createdBy: string
      /** When it was changed last, RFC 3339. */
      readonly updatedAt: string
      /** Who changed it last. */
      readonly updatedBy: string
    }>
  >
  /** Set a value, or replace the definition, by id: `PUT /configs/{id}` */
  readonly putConfig: (
    request: WriteOptions & {
      readonly path: {
        /** Its id, or its name. */
        readonly id: string
      }
      readonly query?: {
        /** The override in this environment; without it the base value. */
        readonly environment?: string | undefined
      }
      readonly body: {
        /** What kind of value it takes. */
        readonly type?: 'string' | 'number' | 'boolean' | 'select' | 'json' | undefined
        /** Its base value. */
        readonly value?: unknown
        /** What a value must keep to, such as {"min":1,"max":120}. */
        readonly validation?: Readonly<Record<string, unknown>> | undefined
        /** How the values of several layers come together. */
        readonly combine?: 'replace' | 'merge' | 'append' | undefined
        /** What it is for. */
        readonly description?: string | undefined
      }
    },
  ) => Promise<
    Answer<{
      /** The namespace that it is in. */
      readonly namespace: string
      /** The key, within its namespace. */
      readonly key: string
      /** The layer that it comes from: platform, brand:…, plan:… or tenant. */
      readonly layer: string
      /** The environment that it holds in; none: its base value. */
      readonly environment?: string | undefined
      /** What it is, or what kind of value it takes. */
      readonly type: string
      /** As it is written in the own layer; absent where there is none. */
      readonly value?: unknown
      /** What a value must keep to, such as {"min":1,"max":120}. */
      readonly validation?: unknown
      /** How the values of several layers come together. */
      readonly combine?: unknown
      /** What it is for. */
      readonly description?: unknown
      /** What tenants may do to it, such as {"mode":"locked"}. */
      readonly policy?: unknown
      /** The own definition that waits behind the one of the platform. */
      readonly dormant?: true | undefined
      /** Its id. */
      readonly id: string
      /** Whether the platform or the tenant defines it. */
      readonly definedBy: 'platform' | 'tenant'
      /** Of what a PUT would write; 0 while that is not there. */
      readonly version: number
      /** The revision of the log. */
      readonly revision: number
      /** When it was made, RFC 3339. */
      readonly createdAt: string
      /** Who made it. */
      readonly createdBy: string
      /** When it was changed last, RFC 3339. */
      readonly updatedAt: string
      /** Who changed it last. */
      readonly updatedBy: string
    }>
  >
  /** Patch a config by its id: `PATCH /configs/{id}` */
  readonly patchConfig: (
    request: WriteOptions & {
      readonly path: {
        /** Its id, or its name. */
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
      /** The namespace that it is in. */
      readonly namespace: string
      /** The key, within its namespace. */
      readonly key: string
      /** The layer that it comes from: platform, brand:…, plan:… or tenant. */
      readonly layer: string
      /** The environment that it holds in; none: its base value. */
      readonly environment?: string | undefined
      /** What it is, or what kind of value it takes. */
      readonly type: string
      /** As it is written in the own layer; absent where there is none. */
      readonly value?: unknown
      /** What a value must keep to, such as {"min":1,"max":120}. */
      readonly validation?: unknown
      /** How the values of several layers come together. */
      readonly combine?: unknown
      /** What it is for. */
      readonly description?: unknown
      /** What tenants may do to it, such as {"mode":"locked"}. */
      readonly policy?: unknown
      /** The own definition that waits behind the one of the platform. */
      readonly dormant?: true | undefined
      /** Its id. */
      readonly id: string
      /** Whether the platform or the tenant defines it. */
      readonly definedBy: 'platform' | 'tenant'
      /** Of what a PUT would write; 0 while that is not there. */
      readonly version: number
      /** The revision of the log. */
      readonly revision: number
      /** When it was made, RFC 3339. */
      readonly createdAt: string
      /** Who made it. */
      readonly createdBy: string
      /** When it was changed last, RFC 3339. */
      readonly updatedAt: string
      /** Who changed it last. */
      readonly updatedBy: string
    }>
  >
  /** Delete a config or an override by its id: `DELETE /configs/{id}` */
  readonly deleteConfig: (
    request: WriteOptions & {
      readonly path: {
        /** Its id, or its name. */
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
        /** At most so many of them. */
        readonly limit?: number | undefined
        /** Where the page before ended: `next` of its answer. */
        readonly cursor?: string | undefined
        /** Only those with this text in them. */
        readonly q?: string | undefined
        /** A field; with - before it from high to low. */
        readonly sort?: string | undefined
        /** A name or an id. */
        readonly namespace?: string | undefined
        /** What is set for this environment; with `inert=true` all that is skipped in it. */
        readonly environment?: string | undefined
        /** true: only what a rule forbids now; false: only what is alive everywhere. */
        readonly inert?: boolean | undefined
      }
    },
  ) => Promise<
    Answer<{
      /** A page of them. */
      readonly items: readonly {
        /** Its id. */
        readonly id: string
        /** The namespace that it is in. */
        readonly namespace: string
        /** The key, within its namespace. */
        readonly key: string
        /** The layer that it comes from: platform, brand:…, plan:… or tenant. */
        readonly layer: string
        /** The environment that it holds in; none: its base value. */
        readonly environment?: string | undefined
        /** The value. */
        readonly value: unknown
        /** Its version; one more with each change of it. */
        readonly version: number
        /** The revision of the log. */
        readonly revision: number
        /** When it was changed last, RFC 3339. */
        readonly updatedAt: string
        /** Who changed it last. */
        readonly updatedBy: string
        /** What a rule forbids now, or whether it does: kept and skipped. */
        readonly inert: readonly {
          /** The environment that it holds in; none: its base value. */
          readonly environment?: string | undefined
          /** Why. */
          readonly reason: string
          /** The rule that it breaks. */
          readonly rule: string
        }[]
      }[]
      /** The cursor of the next page; null at the end. */
      readonly next: string | null
    }>
  >
  /** List environments: `GET /environments` */
  readonly listEnvironments: (
    request?: Options & {
      readonly query?: {
        /** At most so many of them. */
        readonly limit?: number | undefined
        /** Where the page before ended: `next` of its answer. */
        readonly cursor?: string | undefined
        /** Only those with this text in them. */
        readonly q?: string | undefined
        /** A field; with - before it from high to low. */
        readonly sort?: string | undefined
        /** Only those that the platform, or the tenant, defines. */
        readonly definedBy?: string | undefined
        /** Only with this parent. */
        readonly parent?: string | undefined
        /** Only those that are protected, or only the others. */
        readonly protected?: boolean | undefined
      }
    },
  ) => Promise<
    Answer<{
      /** A page of them. */
      readonly items: readonly {
        /** Its name. */
        readonly name: string
        /** A name for people to read. */
        readonly displayName?: string | undefined
        /** What it is for. */
        readonly description?: string | undefined
        /** The environment whose values hold where it has none. */
        readonly parent?: string | undefined
        /** A write there needs a permission of its own and a precondition. */
        readonly protected: boolean
        /** Where it stands among the others, the lowest first. */
        readonly order: number
        /** Its id. */
        readonly id: string
        /** Whether the platform or the tenant defines it. */
        readonly definedBy: 'platform' | 'tenant'
        /** Of what a PUT would write; 0 while that is not there. */
        readonly version: number
        /** The revision of the log. */
        readonly revision: number
        /** When it was made, RFC 3339. */
        readonly createdAt: string
        /** Who made it. */
        readonly createdBy: string
        /** When it was changed last, RFC 3339. */
        readonly updatedAt: string
        /** Who changed it last. */
        readonly updatedBy: string
      }[]
      /** The cursor of the next page; null at the end. */
      readonly next: string | null
    }>
  >
  /** Create an environment: `POST /environments` */
  readonly createEnvironment: (
    request: WriteOptions & {
      readonly body: {
        /** Its name, for good; another name is another one. */
        readonly name: string
        /** A name for people to read. */
        readonly displayName?: string | undefined
        /** What it is for. */
        readonly description?: string | undefined
        /** The environment whose values hold where it has none. */
        readonly parent?: string | undefined
        /** A write there needs a permission of its own and a precondition. */
        readonly protected?: boolean | undefined
        /** Where it stands among the others, the lowest first. */
        readonly order?: number | undefined
      }
    },
  ) => Promise<
    Answer<{
      /** Its name. */
      readonly name: string
      /** A name for people to read. */
      readonly displayName?: string | undefined
      /** What it is for. */
      readonly description?: string | undefined
      /** The environment whose values hold where it has none. */
      readonly parent?: string | undefined
      /** A write there needs a permission of its own and a precondition. */
      readonly protected: boolean
      /** Where it stands among the others, the lowest first. */
      readonly order: number
      /** Its id. */
      readonly id: string
      /** Whether the platform or the tenant defines it. */
      readonly definedBy: 'platform' | 'tenant'
      /** Of what a PUT would write; 0 while that is not there. */
      readonly version: number
      /** The revision of the log. */
      readonly revision: number
      /** When it was made, RFC 3339. */
      readonly createdAt: string
      /** Who made it. */
      readonly createdBy: string
      /** When it was changed last, RFC 3339. */
      readonly updatedAt: string
      /** Who changed it last. */
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
      /** Its name. */
      readonly name: string
      /** A name for people to read. */
      readonly displayName?: string | undefined
      /** What it is for. */
      readonly description?: string | undefined
      /** The environment whose values hold where it has none. */
      readonly parent?: string | undefined
      /** A write there needs a permission of its own and a precondition. */
      readonly protected: boolean
      /** Where it stands among the others, the lowest first. */
      readonly order: number
      /** Its id. */
      readonly id: string
      /** Whether the platform or the tenant defines it. */
      readonly definedBy: 'platform' | 'tenant'
      /** Of what a PUT would write; 0 while that is not there. */
      readonly version: number
      /** The revision of the log. */
      readonly revision: number
      /** When it was made, RFC 3339. */
      readonly createdAt: string
      /** Who made it. */
      readonly createdBy: string
      /** When it was changed last, RFC 3339. */
      readonly updatedAt: string
      /** Who changed it last. */
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
        /** A name for people to read. */
        readonly displayName?: string | undefined
        /** What it is for. */
        readonly description?: string | undefined
        /** The environment whose values hold where it has none. */
        readonly parent?: string | undefined
        /** A write there needs a permission of its own and a precondition. */
        readonly protected?: boolean | undefined
        /** Where it stands among the others, the lowest first. */
        readonly order?: number | undefined
      }
    },
  ) => Promise<
    Answer<{
      /** Its name. */
      readonly name: string
      /** A name for people to read. */
      readonly displayName?: string | undefined
      /** What it is for. */
      readonly description?: string | undefined
      /** The environment whose values hold where it has none. */
      readonly parent?: string | undefined
      /** A write there needs a permission of its own and a precondition. */
      readonly protected: boolean
      /** Where it stands among the others, the lowest first. */
      readonly order: number
      /** Its id. */
      readonly id: string
      /** Whether the platform or the tenant defines it. */
      readonly definedBy: 'platform' | 'tenant'
      /** Of what a PUT would write; 0 while that is not there. */
      readonly version: number
      /** The revision of the log. */
      readonly revision: number
      /** When it was made, RFC 3339. */
      readonly createdAt: string
      /** Who made it. */
      readonly createdBy: string
      /** When it was changed last, RFC 3339. */
      readonly updatedAt: string
      /** Who changed it last. */
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
      /** Its name. */
      readonly name: string
      /** A name for people to read. */
      readonly displayName?: string | undefined
      /** What it is for. */
      readonly description?: string | undefined
      /** The environment whose values hold where it has none. */
      readonly parent?: string | undefined
      /** A write there needs a permission of its own and a precondition. */
      readonly protected: boolean
      /** Where it stands among the others, the lowest first. */
      readonly order: number
      /** Its id. */
      readonly id: string
      /** Whether the platform or the tenant defines it. */
      readonly definedBy: 'platform' | 'tenant'
      /** Of what a PUT would write; 0 while that is not there. */
      readonly version: number
      /** The revision of the log. */
      readonly revision: number
      /** When it was made, RFC 3339. */
      readonly createdAt: string
      /** Who made it. */
      readonly createdBy: string
      /** When it was changed last, RFC 3339. */
      readonly updatedAt: string
      /** Who changed it last. */
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
        /** At most so many of them. */
        readonly limit?: number | undefined
        /** Where the page before ended: `next` of its answer. */
        readonly cursor?: string | undefined
        /** Only those with this text in them. */
        readonly q?: string | undefined
        /** A field; with - before it from high to low. */
        readonly sort?: string | undefined
        /** Only of this owner. */
        readonly owner?: string | undefined
        /** Only with this address. */
        readonly contactEmail?: string | undefined
        /** Those that read this namespace. */
        readonly namespace?: string | undefined
      }
    },
  ) => Promise<
    Answer<{
      /** A page of them. */
      readonly items: readonly {
        /** Its name. */
        readonly name: string
        /** A name for people to read. */
        readonly displayName?: string | undefined
        /** What it is for. */
        readonly description?: string | undefined
        /** Who answers for it: a team or a person. */
        readonly owner?: string | undefined
        /** Whom to write to. */
        readonly contactEmail?: string | undefined
        /** In the order in which they are read: later ones win. */
        readonly namespaces: readonly string[]
        /** Its id. */
        readonly id: string
        /** Whether the platform or the tenant defines it. */
        readonly definedBy: 'platform' | 'tenant'
        /** Of what a PUT would write; 0 while that is not there. */
        readonly version: number
        /** The revision of the log. */
        readonly revision: number
        /** When it was made, RFC 3339. */
        readonly createdAt: string
        /** Who made it. */
        readonly createdBy: string
        /** When it was changed last, RFC 3339. */
        readonly updatedAt: string
        /** Who changed it last. */
        readonly updatedBy: string
      }[]
      /** The cursor of the next page; null at the end. */
      readonly next: string | null
    }>
  >
  /** Create an application: `POST /applications` */
  readonly createApplication: (
    request: WriteOptions & {
      readonly body: {
        /** Its name, for good; another name is another one. */
        readonly name: string
        /** A name for people to read. */
        readonly displayName?: string | undefined
        /** What it is for. */
        readonly description?: string | undefined
        /** Who answers for it: a team or a person. */
        readonly owner?: string | undefined
        /** Whom to write to. */
        readonly contactEmail?: string | undefined
        /** In the order in which they are read: later ones win. */
        readonly namespaces?: readonly string[] | undefined
      }
    },
  ) => Promise<
    Answer<{
      /** Its name. */
      readonly name: string
      /** A name for people to read. */
      readonly displayName?: string | undefined
      /** What it is for. */
      readonly description?: string | undefined
      /** Who answers for it: a team or a person. */
      readonly owner?: string | undefined
      /** Whom to write to. */
      readonly contactEmail?: string | undefined
      /** In the order in which they are read: later ones win. */
      readonly namespaces: readonly string[]
      /** Its id. */
      readonly id: string
      /** Whether the platform or the tenant defines it. */
      readonly definedBy: 'platform' | 'tenant'
      /** Of what a PUT would write; 0 while that is not there. */
      readonly version: number
      /** The revision of the log. */
      readonly revision: number
      /** When it was made, RFC 3339. */
      readonly createdAt: string
      /** Who made it. */
      readonly createdBy: string
      /** When it was changed last, RFC 3339. */
      readonly updatedAt: string
      /** Who changed it last. */
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
      /** Its name. */
      readonly name: string
      /** A name for people to read. */
      readonly displayName?: string | undefined
      /** What it is for. */
      readonly description?: string | undefined
      /** Who answers for it: a team or a person. */
      readonly owner?: string | undefined
      /** Whom to write to. */
      readonly contactEmail?: string | undefined
      /** In the order in which they are read: later ones win. */
      readonly namespaces: readonly string[]
      /** Its id. */
      readonly id: string
      /** Whether the platform or the tenant defines it. */
      readonly definedBy: 'platform' | 'tenant'
      /** Of what a PUT would write; 0 while that is not there. */
      readonly version: number
      /** The revision of the log. */
      readonly revision: number
      /** When it was made, RFC 3339. */
      readonly createdAt: string
      /** Who made it. */
      readonly createdBy: string
      /** When it was changed last, RFC 3339. */
      readonly updatedAt: string
      /** Who changed it last. */
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
        /** A name for people to read. */
        readonly displayName?: string | undefined
        /** What it is for. */
        readonly description?: string | undefined
        /** Who answers for it: a team or a person. */
        readonly owner?: string | undefined
        /** Whom to write to. */
        readonly contactEmail?: string | undefined
        /** In the order in which they are read: later ones win. */
        readonly namespaces?: readonly string[] | undefined
      }
    },
  ) => Promise<
    Answer<{
      /** Its name. */
      readonly name: string
      /** A name for people to read. */
      readonly displayName?: string | undefined
      /** What it is for. */
      readonly description?: string | undefined
      /** Who answers for it: a team or a person. */
      readonly owner?: string | undefined
      /** Whom to write to. */
      readonly contactEmail?: string | undefined
      /** In the order in which they are read: later ones win. */
      readonly namespaces: readonly string[]
      /** Its id. */
      readonly id: string
      /** Whether the platform or the tenant defines it. */
      readonly definedBy: 'platform' | 'tenant'
      /** Of what a PUT would write; 0 while that is not there. */
      readonly version: number
      /** The revision of the log. */
      readonly revision: number
      /** When it was made, RFC 3339. */
      readonly createdAt: string
      /** Who made it. */
      readonly createdBy: string
      /** When it was changed last, RFC 3339. */
      readonly updatedAt: string
      /** Who changed it last. */
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
      /** Its name. */
      readonly name: string
      /** A name for people to read. */
      readonly displayName?: string | undefined
      /** What it is for. */
      readonly description?: string | undefined
      /** Who answers for it: a team or a person. */
      readonly owner?: string | undefined
      /** Whom to write to. */
      readonly contactEmail?: string | undefined
      /** In the order in which they are read: later ones win. */
      readonly namespaces: readonly string[]
      /** Its id. */
      readonly id: string
      /** Whether the platform or the tenant defines it. */
      readonly definedBy: 'platform' | 'tenant'
      /** Of what a PUT would write; 0 while that is not there. */
      readonly version: number
      /** The revision of the log. */
      readonly revision: number
      /** When it was made, RFC 3339. */
      readonly createdAt: string
      /** Who made it. */
      readonly createdBy: string
      /** When it was changed last, RFC 3339. */
      readonly updatedAt: string
      /** Who changed it last. */
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
        /** At most so many of them. */
        readonly limit?: number | undefined
        /** Where the page before ended: `next` of its answer. */
        readonly cursor?: string | undefined
        /** Only those with this text in them. */
        readonly q?: string | undefined
        /** A field; with - before it from high to low. */
        readonly sort?: string | undefined
        /** Only in this namespace. */
        readonly namespace?: string | undefined
        /** Only of this type. */
        readonly type?: string | undefined
        /** Only those that the platform, or the tenant, defines. */
        readonly definedBy?: string | undefined
        /** Only those that come together like this. */
        readonly combine?: string | undefined
        /** Only those whose value is read, or only those in their shadow. */
        readonly wins?: boolean | undefined
      }
    },
  ) => Promise<
    Answer<{
      /** A page of them. */
      readonly items: readonly {
        /** The namespace that it is in. */
        readonly namespace: string
        /** The key, within its namespace. */
        readonly key: string
        /** The layer that it comes from: platform, brand:…, plan:… or tenant. */
        readonly layer: string
        /** The environment that it holds in; none: its base value. */
        readonly environment?: string | undefined
        /** What it is, or what kind of value it takes. */
        readonly type: string
        /** As it is written in the own layer; absent where there is none. */
        readonly value?: unknown
        /** What a value must keep to, such as {"min":1,"max":120}. */
        readonly validation?: unknown
        /** How the values of several layers come together. */
        readonly combine?: unknown
        /** What it is for. */
        readonly description?: unknown
        /** What tenants may do to it, such as {"mode":"locked"}. */
        readonly policy?: unknown
        /** The own definition that waits behind the one of the platform. */
        readonly dormant?: true | undefined
        /** Its id. */
        readonly id: string
        /** Whether the platform or the tenant defines it. */
        readonly definedBy: 'platform' | 'tenant'
        /** Of what a PUT would write; 0 while that is not there. */
        readonly version: number
        /** The revision of the log. */
        readonly revision: number
        /** When it was made, RFC 3339. */
        readonly createdAt: string
        /** Who made it. */
        readonly createdBy: string
        /** When it was changed last, RFC 3339. */
        readonly updatedAt: string
        /** Who changed it last. */
        readonly updatedBy: string
        /** Which of the application's namespaces it is in, from 1. */
        readonly position: number
        /** Its value is what the application reads wherever it has one. */
        readonly wins: boolean
        /** The namespace whose key of the same name wins wherever that has a value. */
        readonly shadowedBy?: string | undefined
      }[]
      /** The cursor of the next page; null at the end. */
      readonly next: string | null
    }>
  >
  /** Apply changes: `POST /changes` */
  readonly applyChanges: (
    request: WriteOptions & {
      readonly body: {
        /** Why, for the history. */
        readonly message?: string | undefined
        /** Refuse unless the log is at this revision; needed where protected environments are touched. */
        readonly ifRevision?: number | undefined
        /** What to put and to delete, all of it or nothing. */
        readonly changes: readonly {
          /** Whether it is to be there as sent, or gone. */
          readonly op: 'put' | 'delete'
          /** The resource as a manifest; to delete it, its kind and metadata are enough. */
          readonly resource: {
            /** namespace, config, override, environment … */
            readonly kind: string
            /** What it is called, and where it is. */
            readonly metadata: {
              /** Its name, for good; another name is another one. */
              readonly name: string
              /** The namespace that it is about. */
              readonly namespace?: string | undefined
              /** platform, brand:…, plan:… or tenant; the own layer, if left out. */
              readonly layer?: string | undefined
              /** The environment that it is about. */
              readonly environment?: string | undefined
              /** Labels of your own, such as {"tier":"gold"}. */
              readonly labels?: Readonly<Record<string, string>> | undefined
            }
            /** What it holds, by its kind. */
            readonly spec?: Readonly<Record<string, unknown>> | undefined
          }
          /** The version that is expected; 0: nothing is there. */
          readonly ifVersion?: number | undefined
        }[]
      }
    },
  ) => Promise<
    Answer<{
      /** The revision of the log. */
      readonly revision: number
      /** null: nothing had to change, or a dry run. */
      readonly commit: string | null
      /** One for each change, in their order. */
      readonly results: readonly {
        /** What kind of resource it is. */
        readonly kind: string
        /** Its name. */
        readonly name: string
        /** Its version; one more with each change of it. */
        readonly version: number
      }[]
    }>
  >
  /** List commits: `GET /commits` */
  readonly listCommits: (
    request?: Options & {
      readonly query?: {
        /** Only with changes of this kind, such as config. */
        readonly kind?: string | undefined
        /** An id, a name, or namespace/key. */
        readonly resource?: string | undefined
        /** Only by this user or API key, as the list names it. */
        readonly actor?: string | undefined
        /** A revision or an RFC 3339 time, the oldest to list. */
        readonly from?: string | undefined
        /** A revision or an RFC 3339 time, the newest to list. */
        readonly to?: string | undefined
        /** At most so many of them. */
        readonly limit?: number | undefined
        /** Where the page before ended: `next` of its answer. */
        readonly cursor?: string | undefined
      }
    },
  ) => Promise<
    Answer<{
      /** A page of them. */
      readonly items: readonly {
        /** The revision of the log. */
        readonly revision: number
        /** Its id. */
        readonly id: string
        /** When, RFC 3339. */
        readonly time: string
        /** Who did it: `user:<id>`, `key:<id>` or `system`. */
        readonly actor: string
        /** How it came about. */
        readonly origin: {
          /** What it is, or what kind of value it takes. */
          readonly type: string
          /** The id of the request. */
          readonly request?: string | undefined
          /** What it goes back to, or which one it undoes. */
          readonly of?: string | undefined
        }
        /** Why, as whoever made it said. */
        readonly message?: string | undefined
        /** What there is to change, or how many changes it holds. */
        readonly changes: number
      }[]
      /** The cursor of the next page; null at the end. */
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
      /** The revision of the log. */
      readonly revision: number
      /** Its id. */
      readonly id: string
      /** When, RFC 3339. */
      readonly time: string
      /** Who did it: `user:<id>`, `key:<id>` or `system`. */
      readonly actor: string
      /** How it came about. */
      readonly origin: {
        /** What it is, or what kind of value it takes. */
        readonly type: string
        /** The id of the request. */
        readonly request?: string | undefined
        /** What it goes back to, or which one it undoes. */
        readonly of?: string | undefined
      }
      /** Why, as whoever made it said. */
      readonly message?: string | undefined
      /** What it changed. */
      readonly diff: readonly {
        /** What kind of resource it is. */
        readonly kind: string
        /** Its name. */
        readonly name: string
        /** The namespace that it is in. */
        readonly namespace?: string | undefined
        /** The layer that it comes from: platform, brand:…, plan:… or tenant. */
        readonly layer?: string | undefined
        /** The environment that it holds in; none: its base value. */
        readonly environment?: string | undefined
        /** What becomes, or became, of it. */
        readonly op: 'create' | 'update' | 'delete'
        /** The body before; null where there was none. */
        readonly before: unknown
        /** The body after; null where there is none. */
        readonly after: unknown
        /** The caller may not see it, or how many they may not. */
        readonly hidden?: true | undefined
      }[]
      /** The caller may not see it, or how many they may not. */
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
      /** The revision of the log. */
      readonly revision: number
      /** What was put back. */
      readonly applied: readonly {
        /** What kind of resource it is. */
        readonly kind: string
        /** Its name. */
        readonly name: string
        /** The namespace that it is in. */
        readonly namespace?: string | undefined
        /** The layer that it comes from: platform, brand:…, plan:… or tenant. */
        readonly layer?: string | undefined
        /** The environment that it holds in; none: its base value. */
        readonly environment?: string | undefined
        /** What becomes, or became, of it. */
        readonly op: 'put' | 'delete'
        /** Its version; one more with each change of it. */
        readonly version: number
      }[]
      /** What could not go back, and why. */
      readonly skipped: readonly {
        /** What kind of resource it is. */
        readonly kind: string
        /** Its name. */
        readonly name: string
        /** The namespace that it is in. */
        readonly namespace?: string | undefined
        /** The layer that it comes from: platform, brand:…, plan:… or tenant. */
        readonly layer?: string | undefined
        /** The environment that it holds in; none: its base value. */
        readonly environment?: string | undefined
        /** Why, as a code of the table of problems. */
        readonly code: string
        /** Why, in words. */
        readonly detail: string
      }[]
      /** What is not as it was then. */
      readonly stillDiffer: readonly {
        /** What kind of resource it is. */
        readonly kind: string
        /** Its name. */
        readonly name: string
        /** The namespace that it is in. */
        readonly namespace?: string | undefined
        /** The layer that it comes from: platform, brand:…, plan:… or tenant. */
        readonly layer?: string | undefined
        /** The environment that it holds in; none: its base value. */
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
          /** The namespace that it is about. */
          readonly namespace?: string | undefined
          /** The environment that it is about. */
          readonly environment?: string | undefined
          /** true: all of it. */
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
      /** The revision of the log. */
      readonly revision: number
      /** What was put back. */
      readonly applied: readonly {
        /** What kind of resource it is. */
        readonly kind: string
        /** Its name. */
        readonly name: string
        /** The namespace that it is in. */
        readonly namespace?: string | undefined
        /** The layer that it comes from: platform, brand:…, plan:… or tenant. */
        readonly layer?: string | undefined
        /** The environment that it holds in; none: its base value. */
        readonly environment?: string | undefined
        /** What becomes, or became, of it. */
        readonly op: 'put' | 'delete'
        /** Its version; one more with each change of it. */
        readonly version: number
      }[]
      /** What could not go back, and why. */
      readonly skipped: readonly {
        /** What kind of resource it is. */
        readonly kind: string
        /** Its name. */
        readonly name: string
        /** The namespace that it is in. */
        readonly namespace?: string | undefined
        /** The layer that it comes from: platform, brand:…, plan:… or tenant. */
        readonly layer?: string | undefined
        /** The environment that it holds in; none: its base value. */
        readonly environment?: string | undefined
        /** Why, as a code of the table of problems. */
        readonly code: string
        /** Why, in words. */
        readonly detail: string
      }[]
      /** What is not as it was then. */
      readonly stillDiffer: readonly {
        /** What kind of resource it is. */
        readonly kind: string
        /** Its name. */
        readonly name: string
        /** The namespace that it is in. */
        readonly namespace?: string | undefined
        /** The layer that it comes from: platform, brand:…, plan:… or tenant. */
        readonly layer?: string | undefined
        /** The environment that it holds in; none: its base value. */
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
        /** Only in this environment. */
        readonly environment?: string | undefined
        /** Compare the values of this environment … */
        readonly fromEnvironment?: string | undefined
        /** … with those of this one. */
        readonly toEnvironment?: string | undefined
        /** At most so many of them. */
        readonly limit?: number | undefined
        /** Where the page before ended: `next` of its answer. */
        readonly cursor?: string | undefined
      }
    },
  ) => Promise<
    Answer<{
      /** What was compared: a revision, a point, or an environment. */
      readonly from: string
      /** What it is compared with. */
      readonly to: string
      /** A page of them. */
      readonly items:
        | readonly {
            /** The namespace that it is in. */
            readonly namespace: string
            /** The key, within its namespace. */
            readonly key: string
            /** What becomes, or became, of it. */
            readonly op: 'create' | 'update' | 'delete'
            /** What it is until then; null where there is none. */
            readonly before: unknown
            /** What it would be, or is then; null where there is none. */
            readonly after: unknown
          }[]
        | readonly {
            /** What kind of resource it is. */
            readonly kind: string
            /** Its name. */
            readonly name: string
            /** The namespace that it is in. */
            readonly namespace?: string | undefined
            /** The layer that it comes from: platform, brand:…, plan:… or tenant. */
            readonly layer?: string | undefined
            /** The environment that it holds in; none: its base value. */
            readonly environment?: string | undefined
            /** What becomes, or became, of it. */
            readonly op: 'create' | 'update' | 'delete'
            /** The body before; null where there was none. */
            readonly before: unknown
            /** The body after; null where there is none. */
            readonly after: unknown
            /** The caller may not see it, or how many they may not. */
            readonly hidden?: true | undefined
          }[]
      /** The cursor of the next page; null at the end. */
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
        /** Only in this namespace. */
        readonly namespace?: string | undefined
        /** Only in this environment. */
        readonly environment?: string | undefined
        /** fail: any difference refuses the import. skip: what is there stays. replace: the file wins. */
        readonly onConflict?: 'fail' | 'skip' | 'replace' | undefined
        /** Refuse unless the log is at this revision. */
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
      /** How many it made. */
      readonly created: number
      /** What is another value now. */
      readonly changed: number
      /** How many are so already. */
      readonly unchanged: number
      /** Which types were taken from the values. */
      readonly inferred: readonly {
        /** The namespace that it is in. */
        readonly namespace: string
        /** The key, within its namespace. */
        readonly key: string
        /** What it is, or what kind of value it takes. */
        readonly type: string
      }[]
      /** Where what is sent and what is there disagree. */
      readonly conflicts: readonly {
        /** What kind of resource it is. */
        readonly kind: string
        /** Its name. */
        readonly name: string
        /** The namespace that it is in. */
        readonly namespace?: string | undefined
        /** The layer that it comes from: platform, brand:…, plan:… or tenant. */
        readonly layer?: string | undefined
        /** The environment that it holds in; none: its base value. */
        readonly environment?: string | undefined
        /** repeated, types: the file contradicts itself. differs, type: what is there is another. refused: a rule forbids it. */
        readonly reason: string
        /** Why, in words. */
        readonly detail: string
      }[]
      /** What each file of a directory was taken for, and the like. */
      readonly notes: readonly string[]
      /** The revision of the log. */
      readonly revision: number
      /** How many commits it made. */
      readonly commits: number
    }>
  >
  /** Export configuration: `GET /export` */
  readonly export: (
    request?: Options & {
      readonly query?: {
        /** Kinds, with commas between. */
        readonly kinds?: string | undefined
        /** Only in this namespace. */
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
        /** Keys as they are, or nested at their dots. */
        readonly layout?: 'flat' | 'nested' | undefined
      }
    },
  ) => Promise<Answer<string>>
  /** Preview changes: `POST /preview` */
  readonly createPreview: (
    request: Options & {
      readonly body: {
        /** Why, for the history. */
        readonly message?: string | undefined
        /** Refuse unless the log is at this revision; needed where protected environments are touched. */
        readonly ifRevision?: number | undefined
        /** What to put and to delete, all of it or nothing. */
        readonly changes: readonly {
          /** Whether it is to be there as sent, or gone. */
          readonly op: 'put' | 'delete'
          /** The resource as a manifest; to delete it, its kind and metadata are enough. */
          readonly resource: {
            /** namespace, config, override, environment … */
            readonly kind: string
            /** What it is called, and where it is. */
            readonly metadata: {
              /** Its name, for good; another name is another one. */
              readonly name: string
              /** The namespace that it is about. */
              readonly namespace?: string | undefined
              /** platform, brand:…, plan:… or tenant; the own layer, if left out. */
              readonly layer?: string | undefined
              /** The environment that it is about. */
              readonly environment?: string | undefined
              /** Labels of your own, such as {"tier":"gold"}. */
              readonly labels?: Readonly<Record<string, string>> | undefined
            }
            /** What it holds, by its kind. */
            readonly spec?: Readonly<Record<string, unknown>> | undefined
          }
          /** The version that is expected; 0: nothing is there. */
          readonly ifVersion?: number | undefined
        }[]
      }
    },
  ) => Promise<
    Answer<{
      /** The revision of the log. */
      readonly revision: number
      /** What there is to change, or how many changes it holds. */
      readonly changes: readonly {
        /** What kind of resource it is. */
        readonly kind: string
        /** Its name. */
        readonly name: string
        /** The namespace that it is in. */
        readonly namespace?: string | undefined
        /** The layer that it comes from: platform, brand:…, plan:… or tenant. */
        readonly layer?: string | undefined
        /** The environment that it holds in; none: its base value. */
        readonly environment?: string | undefined
        /** What becomes, or became, of it. */
        readonly op: 'create' | 'update' | 'delete' | 'none'
        /** What it is until then; null where there is none. */
        readonly before: unknown
        /** What it would be, or is then; null where there is none. */
        readonly after: unknown
        /** Labels of its own. */
        readonly labels: Readonly<Record<string, string>> | null
        /** Who touched it last. */
        readonly last: {
          /** Its version; one more with each change of it. */
          readonly version: number
          /** The revision of the log. */
          readonly revision: number
          /** When. */
          readonly at: string
          /** Who. */
          readonly by: string
          /** It is gone: whoever did that, and when. */
          readonly deleted: boolean
        } | null
      }[]
      /** The values, by namespace and key. */
      readonly values: readonly {
        /** The environment that it holds in; none: its base value. */
        readonly environment: string
        /** The namespace that it is in. */
        readonly namespace: string
        /** The key, within its namespace. */
        readonly key: string
        /** What becomes, or became, of it. */
        readonly op: 'create' | 'update' | 'delete'
        /** What it is until then; null where there is none. */
        readonly before: unknown
        /** What it would be, or is then; null where there is none. */
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
        /** The tenant, by name. */
        readonly tenant: string
        /** Case and Unicode variants are one address. */
        readonly email: string
        /** Of whoever signs in. */
        readonly password: string
        /** A name for people to read. */
        readonly displayName?: string | undefined
      }
    },
  ) => Promise<
    Answer<{
      /** For `Authorization: Bearer`. */
      readonly accessToken: string
      /** Spent by its first use, which answers the next one. */
      readonly refreshToken: string
      /** Seconds that the access token is good for. */
      readonly expiresIn: number
      /** The tenant; null: none, on the platform. */
      readonly tenant: string | null
    }>
  >
  /** Log in: `POST /auth/login` */
  readonly login: (
    request: Options & {
      readonly body: {
        /** Case and Unicode variants are one address. */
        readonly email: string
        /** Of whoever signs in. */
        readonly password: string
        /** The tenant, by name. */
        readonly tenant?: string | undefined
      }
    },
  ) => Promise<
    Answer<{
      /** For `Authorization: Bearer`. */
      readonly accessToken: string
      /** Spent by its first use, which answers the next one. */
      readonly refreshToken: string
      /** Seconds that the access token is good for. */
      readonly expiresIn: number
      /** The tenant; null: none, on the platform. */
      readonly tenant: string | null
    }>
  >
  /** Refresh: `POST /auth/refresh` */
  readonly refresh: (
    request: Options & {
      readonly body: {
        /** The newest one of the session. */
        readonly refreshToken: string
      }
    },
  ) => Promise<
    Answer<{
      /** For `Authorization: Bearer`. */
      readonly accessToken: string
      /** Spent by its first use, which answers the next one. */
      readonly refreshToken: string
      /** Seconds that the access token is good for. */
      readonly expiresIn: number
      /** The tenant; null: none, on the platform. */
      readonly tenant: string | null
    }>
  >
  /** Log out: `POST /auth/logout` */
  readonly logout: (request?: Options) => Promise<Answer<undefined>>
  /** Act in a tenant: `POST /auth/token` */
  readonly createToken: (
    request: Options & {
      readonly body: {
        /** The tenant, by name. */
        readonly tenant: string
      }
    },
  ) => Promise<
    Answer<{
      /** For `Authorization: Bearer`. */
      readonly accessToken: string
      /** Seconds that it is good for. */
      readonly expiresIn: number
      /** The tenant; null: none, on the platform. */
      readonly tenant: string
    }>
  >
  /** Who am I: `GET /auth/me` */
  readonly readMe: (request?: Options) => Promise<
    Answer<{
      /** What it is, or what kind of value it takes. */
      readonly type: 'user' | 'key'
      /** Who did it: `user:<id>`, `key:<id>` or `system`. */
      readonly actor: string
      /** The address; null where nobody is left to have one. */
      readonly email: string | null
      /** A name for people to read. */
      readonly displayName: string | null
      /** Its name. */
      readonly name: string | null
      /** The tenant; null: none, on the platform. */
      readonly tenant: string | null
      /** Whether this is a platform administrator with an acting token. */
      readonly acting: boolean
      /** What the caller may do, and where. */
      readonly grants: readonly {
        /** What may be done with it. */
        readonly permissions: readonly string[]
        /** Where it holds, or what it reads; null or none: everywhere. */
        readonly namespaces: readonly string[] | null
        /** Where it holds; null or none: everywhere. */
        readonly environments: readonly string[] | null
      }[]
      /** What the caller may do on the platform. */
      readonly platformPermissions: readonly string[]
      /** The tenants that the caller is a member of. */
      readonly memberships: readonly {
        /** The tenant; null: none, on the platform. */
        readonly tenant: string
        /** The roles that are held. */
        readonly roles: readonly string[]
      }[]
      /** The roles of the caller on the platform. */
      readonly platformRoles: readonly string[]
    }>
  >
  /** Change the password: `PUT /auth/password` */
  readonly putPassword: (
    request: Options & {
      readonly body: {
        /** The password until now. */
        readonly old: string
        /** The password from now on. */
        readonly new: string
      }
    },
  ) => Promise<Answer<undefined>>
  /** List own sessions: `GET /auth/sessions` */
  readonly listSessions: (request?: Options) => Promise<
    Answer<{
      /** A page of them. */
      readonly items: readonly {
        /** Its id. */
        readonly id: string
        /** The tenant; null: none, on the platform. */
        readonly tenant: string | null
        /** RFC 3339, in UTC. */
        readonly createdAt: string
        /** RFC 3339, in UTC. */
        readonly usedAt: string
        /** Whether it is the session of this request. */
        readonly current: boolean
      }[]
      /** The cursor of the next page; null at the end. */
      readonly next: string | null
    }>
  >
  /** End a session: `DELETE /auth/sessions/{id}` */
  readonly deleteSession: (
    request: Options & {
      readonly path: {
        /** Its id, or its name. */
        readonly id: string
      }
    },
  ) => Promise<Answer<undefined>>
  /** Accept an invitation: `POST /auth/accept` */
  readonly accept: (
    request: Options & {
      readonly body: {
        /** The text of the invitation or the reset link, good once. */
        readonly invitation: string
        /** Of whoever signs in. */
        readonly password?: string | undefined
      }
    },
  ) => Promise<
    Answer<{
      /** For `Authorization: Bearer`. */
      readonly accessToken: string
      /** Spent by its first use, which answers the next one. */
      readonly refreshToken: string
      /** Seconds that the access token is good for. */
      readonly expiresIn: number
      /** The tenant; null: none, on the platform. */
      readonly tenant: string | null
    }>
  >
  /** List members: `GET /members` */
  readonly listMembers: (
    request?: Options & {
      readonly query?: {
        /** At most so many of them. */
        readonly limit?: number | undefined
        /** Where the page before ended: `next` of its answer. */
        readonly cursor?: string | undefined
        /** Only those with this text in them. */
        readonly q?: string | undefined
        /** Only with this role. */
        readonly role?: string | undefined
        /** By this field; with - before it from high to low. */
        readonly sort?: string | undefined
      }
    },
  ) => Promise<
    Answer<{
      /** A page of them. */
      readonly items: readonly {
        /** The user's id. */
        readonly id: string
        /** The address; null where nobody is left to have one. */
        readonly email: string | null
        /** A name for people to read. */
        readonly displayName: string | null
        /** The roles that are held. */
        readonly roles: readonly string[]
        /** Its version; one more with each change of it. */
        readonly version: number
        /** RFC 3339, in UTC. */
        readonly createdAt: string
        /** RFC 3339, in UTC. */
        readonly updatedAt: string
      }[]
      /** The cursor of the next page; null at the end. */
      readonly next: string | null
    }>
  >
  /** Invite a member: `POST /members` */
  readonly createMember: (
    request: WriteOptions & {
      readonly body: {
        /** Case and Unicode variants are one address. */
        readonly email: string
        /** What the member may do, such as editor. */
        readonly roles: readonly string[]
      }
    },
  ) => Promise<
    Answer<{
      /** Of the invitation. */
      readonly id: string
      /** The address; null where nobody is left to have one. */
      readonly email: string
      /** The roles that are held. */
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
        /** Its id, or its name. */
        readonly id: string
      }
    },
  ) => Promise<
    Answer<{
      /** The user's id. */
      readonly id: string
      /** The address; null where nobody is left to have one. */
      readonly email: string | null
      /** A name for people to read. */
      readonly displayName: string | null
      /** The roles that are held. */
      readonly roles: readonly string[]
      /** Its version; one more with each change of it. */
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
        /** Its id, or its name. */
        readonly id: string
      }
      readonly body: {
        /** What the member may do, such as editor. */
        readonly roles: readonly string[]
      }
      readonly mediaType?: 'application/json' | 'application/merge-patch+json'
    },
  ) => Promise<
    Answer<{
      /** The user's id. */
      readonly id: string
      /** The address; null where nobody is left to have one. */
      readonly email: string | null
      /** A name for people to read. */
      readonly displayName: string | null
      /** The roles that are held. */
      readonly roles: readonly string[]
      /** Its version; one more with each change of it. */
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
        /** Its id, or its name. */
        readonly id: string
      }
    },
  ) => Promise<Answer<undefined>>
  /** List API keys: `GET /api-keys` */
  readonly listApiKeys: (
    request?: Options & {
      readonly query?: {
        /** At most so many of them. */
        readonly limit?: number | undefined
        /** Where the page before ended: `next` of its answer. */
        readonly cursor?: string | undefined
        /** Only those with this text in them. */
        readonly q?: string | undefined
        /** Only with this role. */
        readonly role?: string | undefined
        /** By this field; with - before it from high to low. */
        readonly sort?: string | undefined
      }
    },
  ) => Promise<
    Answer<{
      /** A page of them. */
      readonly items: readonly {
        /** Its id. */
        readonly id: string
        /** Its name. */
        readonly name: string
        /** The public part of the key's text. */
        readonly keyId: string
        /** What the holder may do. */
        readonly role: string
        /** None: all. */
        readonly namespaces: readonly string[]
        /** None: all. */
        readonly environments: readonly string[]
        /** Until when it is good, RFC 3339; null: for ever. */
        readonly expiresAt: string | null
        /** Whether its time is over. */
        readonly expired: boolean
        /** Its version; one more with each change of it. */
        readonly version: number
        /** RFC 3339, in UTC. */
        readonly createdAt: string
        /** Who made it. */
        readonly createdBy: string
      }[]
      /** The cursor of the next page; null at the end. */
      readonly next: string | null
    }>
  >
  /** Make an API key: `POST /api-keys` */
  readonly createApiKey: (
    request: WriteOptions & {
      readonly body: {
        /** Its name, for good; another name is another one. */
        readonly name: string
        /** What the holder may do, such as reader. */
        readonly role: string
        /** Only in these namespaces; none named are all. */
        readonly namespaces?: readonly string[] | undefined
        /** Only in these environments; none named are all. */
        readonly environments?: readonly string[] | undefined
        /** RFC 3339, a time to come. */
        readonly expiresAt?: string | undefined
      }
    },
  ) => Promise<
    Answer<{
      /** Its id. */
      readonly id: string
      /** Left out of a dry run. */
      readonly key?: string | undefined
    }>
  >
  /** Show an API key: `GET /api-keys/{id}` */
  readonly readApiKey: (
    request: Options & {
      readonly path: {
        /** Its id, or its name. */
        readonly id: string
      }
    },
  ) => Promise<
    Answer<{
      /** Its id. */
      readonly id: string
      /** Its name. */
      readonly name: string
      /** The public part of the key's text. */
      readonly keyId: string
      /** What the holder may do. */
      readonly role: string
      /** None: all. */
      readonly namespaces: readonly string[]
      /** None: all. */
      readonly environments: readonly string[]
      /** Until when it is good, RFC 3339; null: for ever. */
      readonly expiresAt: string | null
      /** Whether its time is over. */
      readonly expired: boolean
      /** Its version; one more with each change of it. */
      readonly version: number
      /** RFC 3339, in UTC. */
      readonly createdAt: string
      /** Who made it. */
      readonly createdBy: string
    }>
  >
  /** Revoke an API key: `DELETE /api-keys/{id}` */
  readonly deleteApiKey: (
    request: WriteOptions & {
      readonly path: {
        /** Its id, or its name. */
        readonly id: string
      }
    },
  ) => Promise<Answer<undefined>>
  /** List roles: `GET /roles` */
  readonly listRoles: (
    request?: Options & {
      readonly query?: {
        /** At most so many of them. */
        readonly limit?: number | undefined
        /** Where the page before ended: `next` of its answer. */
        readonly cursor?: string | undefined
        /** Only those with this text in them. */
        readonly q?: string | undefined
        /** A field; with - before it from high to low. */
        readonly sort?: string | undefined
        /** Only those that nobody changes, or only the others. */
        readonly fixed?: boolean | undefined
        /** Only with this permission. */
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
      /** A page of them. */
      readonly items: readonly {
        /** Its name. */
        readonly name: string
        /** A name for people to read. */
        readonly displayName?: string | undefined
        /** What it is for. */
        readonly description?: string | undefined
        /** One of owner, admin, editor, viewer and reader, which nobody changes. */
        readonly fixed: boolean
        /** What may be done with it. */
        readonly permissions: readonly (
          | string
          | {
              /** What may be done. */
              readonly permission: string
              /** Where it holds, or what it reads; null or none: everywhere. */
              readonly namespaces?: readonly string[] | undefined
              /** Where it holds; null or none: everywhere. */
              readonly environments?: readonly string[] | undefined
            }
        )[]
        /** Its id. */
        readonly id?: string | undefined
        /** Of what a PUT would write; 0 while that is not there. */
        readonly version?: number | undefined
        /** The revision of the log. */
        readonly revision?: number | undefined
        /** When it was made, RFC 3339. */
        readonly createdAt?: string | undefined
        /** Who made it. */
        readonly createdBy?: string | undefined
        /** When it was changed last, RFC 3339. */
        readonly updatedAt?: string | undefined
        /** Who changed it last. */
        readonly updatedBy?: string | undefined
      }[]
      /** The cursor of the next page; null at the end. */
      readonly next: string | null
    }>
  >
  /** Create a role: `POST /roles` */
  readonly createRole: (
    request: WriteOptions & {
      readonly body: {
        /** Its name, for good; another name is another one. */
        readonly name: string
        /** A name for people to read. */
        readonly displayName?: string | undefined
        /** What it is for. */
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
              /** What to do there. */
              readonly permission: 'value:read' | 'config:read' | 'config:write' | 'protected:write'
              /** Only in these namespaces; none named are all. */
              readonly namespaces?: readonly string[] | undefined
              /** Only in these environments; none named are all. */
              readonly environments?: readonly string[] | undefined
            }
        )[]
      }
    },
  ) => Promise<
    Answer<{
      /** Its name. */
      readonly name: string
      /** A name for people to read. */
      readonly displayName?: string | undefined
      /** What it is for. */
      readonly description?: string | undefined
      /** One of owner, admin, editor, viewer and reader, which nobody changes. */
      readonly fixed: boolean
      /** What may be done with it. */
      readonly permissions: readonly (
        | string
        | {
            /** What may be done. */
            readonly permission: string
            /** Where it holds, or what it reads; null or none: everywhere. */
            readonly namespaces?: readonly string[] | undefined
            /** Where it holds; null or none: everywhere. */
            readonly environments?: readonly string[] | undefined
          }
      )[]
      /** Its id. */
      readonly id?: string | undefined
      /** Of what a PUT would write; 0 while that is not there. */
      readonly version?: number | undefined
      /** The revision of the log. */
      readonly revision?: number | undefined
      /** When it was made, RFC 3339. */
      readonly createdAt?: string | undefined
      /** Who made it. */
      readonly createdBy?: string | undefined
      /** When it was changed last, RFC 3339. */
      readonly updatedAt?: string | undefined
      /** Who changed it last. */
      readonly updatedBy?: string | undefined
    }>
  >
  /** Read a role: `GET /roles/{name}` */
  readonly readRole: (
    request: Options & {
      readonly path: {
        /** Its name. */
        readonly name: string
      }
    },
  ) => Promise<
    Answer<{
      /** Its name. */
      readonly name: string
      /** A name for people to read. */
      readonly displayName?: string | undefined
      /** What it is for. */
      readonly description?: string | undefined
      /** One of owner, admin, editor, viewer and reader, which nobody changes. */
      readonly fixed: boolean
      /** What may be done with it. */
      readonly permissions: readonly (
        | string
        | {
            /** What may be done. */
            readonly permission: string
            /** Where it holds, or what it reads; null or none: everywhere. */
            readonly namespaces?: readonly string[] | undefined
            /** Where it holds; null or none: everywhere. */
            readonly environments?: readonly string[] | undefined
          }
      )[]
      /** Its id. */
      readonly id?: string | undefined
      /** Of what a PUT would write; 0 while that is not there. */
      readonly version?: number | undefined
      /** The revision of the log. */
      readonly revision?: number | undefined
      /** When it was made, RFC 3339. */
      readonly createdAt?: string | undefined
      /** Who made it. */
      readonly createdBy?: string | undefined
      /** When it was changed last, RFC 3339. */
      readonly updatedAt?: string | undefined
      /** Who changed it last. */
      readonly updatedBy?: string | undefined
    }>
  >
  /** Replace or create a role: `PUT /roles/{name}` */
  readonly putRole: (
    request: WriteOptions & {
      readonly path: {
        /** Its name. */
        readonly name: string
      }
      readonly body: {
        /** A name for people to read. */
        readonly displayName?: string | undefined
        /** What it is for. */
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
              /** What to do there. */
              readonly permission: 'value:read' | 'config:read' | 'config:write' | 'protected:write'
              /** Only in these namespaces; none named are all. */
              readonly namespaces?: readonly string[] | undefined
              /** Only in these environments; none named are all. */
              readonly environments?: readonly string[] | undefined
            }
        )[]
      }
    },
  ) => Promise<
    Answer<{
      /** Its name. */
      readonly name: string
      /** A name for people to read. */
      readonly displayName?: string | undefined
      /** What it is for. */
      readonly description?: string | undefined
      /** One of owner, admin, editor, viewer and reader, which nobody changes. */
      readonly fixed: boolean
      /** What may be done with it. */
      readonly permissions: readonly (
        | string
        | {
            /** What may be done. */
            readonly permission: string
            /** Where it holds, or what it reads; null or none: everywhere. */
            readonly namespaces?: readonly string[] | undefined
            /** Where it holds; null or none: everywhere. */
            readonly environments?: readonly string[] | undefined
          }
      )[]
      /** Its id. */
      readonly id?: string | undefined
      /** Of what a PUT would write; 0 while that is not there. */
      readonly version?: number | undefined
      /** The revision of the log. */
      readonly revision?: number | undefined
      /** When it was made, RFC 3339. */
      readonly createdAt?: string | undefined
      /** Who made it. */
      readonly createdBy?: string | undefined
      /** When it was changed last, RFC 3339. */
      readonly updatedAt?: string | undefined
      /** Who changed it last. */
      readonly updatedBy?: string | undefined
    }>
  >
  /** Delete a role: `DELETE /roles/{name}` */
  readonly deleteRole: (
    request: WriteOptions & {
      readonly path: {
        /** Its name. */
        readonly name: string
      }
    },
  ) => Promise<Answer<undefined>>
  /** Check access: `POST /access/check` */
  readonly checkAccess: (
    request: Options & {
      readonly body: {
        /** Who it is about; without it, whoever asks. */
        readonly subject?: string | undefined
        /** What to do there. */
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
        /** The namespace that it is about. */
        readonly namespace?: string | undefined
        /** The environment that it is about. */
        readonly environment?: string | undefined
      }
    },
  ) => Promise<
    Answer<{
      /** Whether it may be done. */
      readonly allowed: boolean
      /** Why, in words. */
      readonly because: string
    }>
  >
  /** List who may do something: `GET /access` */
  readonly listAccess: (
    request: Options & {
      readonly query: {
        /** Only with this permission. */
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
        /** Only in this namespace. */
        readonly namespace?: string | undefined
        /** Only in this environment. */
        readonly environment?: string | undefined
        /** At most so many of them. */
        readonly limit?: number | undefined
        /** Where the page before ended: `next` of its answer. */
        readonly cursor?: string | undefined
      }
    },
  ) => Promise<
    Answer<{
      /** A page of them. */
      readonly items: readonly {
        /** Whoever may: `user:<id>` or `key:<id>`. */
        readonly subject: string
        /** What it is, or what kind of value it takes. */
        readonly type: 'user' | 'key'
        /** Its name. */
        readonly name: string | null
        /** Why, in words. */
        readonly because: string
      }[]
      /** The cursor of the next page; null at the end. */
      readonly next: string | null
    }>
  >
  /** List permissions: `GET /permissions` */
  readonly listPermissions: (request?: Options) => Promise<
    Answer<{
      /** A page of them. */
      readonly items: readonly {
        /** What may be done. */
        readonly permission: string
        /** The roles that are held. */
        readonly roles: readonly string[]
      }[]
      /** The cursor of the next page; null at the end. */
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
      /** The environment that is read where none is named. */
      readonly defaultEnvironment: string | null
      /** Whom to write to. */
      readonly contactEmail: string | null
    }>
  >
  /** Change settings: `PATCH /settings` */
  readonly patchSettings: (
    request: WriteOptions & {
      readonly body: {
        /** Each write must say what it rests on (If-Match). */
        readonly requireIfMatch?: boolean | null | undefined
        /** Each write must carry an Idempotency-Key. */
        readonly requireIdempotencyKey?: boolean | null | undefined
        /** The environment that is read where none is named. */
        readonly defaultEnvironment?: string | null | undefined
        /** Whom to write to. */
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
      /** The environment that is read where none is named. */
      readonly defaultEnvironment: string | null
      /** Whom to write to. */
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
        /** At most so many of them. */
        readonly limit?: number | undefined
        /** Where the page before ended: `next` of its answer. */
        readonly cursor?: string | undefined
      }
    },
  ) => Promise<
    Answer<{
      /** A page of them. */
      readonly items: readonly {
        /** Its id. */
        readonly id: string
        /** RFC 3339, in UTC. */
        readonly time: string
        /** Which log it is, or lies in. */
        readonly log: 'config' | 'access'
        /** In its own log. */
        readonly revision: number
        /** What it is, or what kind of value it takes. */
        readonly type: string
        /** Who did it: `user:<id>`, `key:<id>` or `system`. */
        readonly actor: {
          /** Its id. */
          readonly id: string
          /** Its name. */
          readonly name: string | null
        }
        /** What it is about. */
        readonly resource: string | null
        /** What a commit changed, the first hundred. */
        readonly resources: readonly {
          /** What kind of resource it is. */
          readonly kind: string
          /** Its name. */
          readonly name: string
          /** The namespace that it is in. */
          readonly namespace?: string | undefined
          /** The environment that it holds in; none: its base value. */
          readonly environment?: string | undefined
          /** What becomes, or became, of it. */
          readonly op: 'put' | 'delete'
        }[]
        /** What there is to change, or how many changes it holds. */
        readonly changes: number
        /** Why, as whoever made it said. */
        readonly message: string | null
        /** The id of the request. */
        readonly request: string | null
        /** What else is known of it. */
        readonly data: Readonly<Record<string, unknown>>
      }[]
      /** The cursor of the next page; null at the end. */
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
      /** Whether all is as it was written. */
      readonly ok: boolean
      /** The logs, one by one. */
      readonly logs: readonly {
        /** `gone`: a head of it was kept, and it is none of the two that there are. */
        readonly log: 'config' | 'access' | 'gone'
        /** Its id. */
        readonly id: string
        /** Whether all is as it was written. */
        readonly ok: boolean
        /** The newest that is good, or the first that is not. */
        readonly revision: number
        /** How many batches it has. */
        readonly batches: number | null
        /** Why. */
        readonly reason: string | null
        /** What was cut away at its beginning, when its time was over. */
        readonly trimmed: {
          /** All up to it went. */
          readonly revision: number
          /** RFC 3339, in UTC. */
          readonly until: string
        } | null
        /** A line that is to be kept elsewhere, and be given to a later verification. */
        readonly head: string | null
      }[]
      /** The Ed25519 key with which the installation signs checkpoints and heads. */
      readonly publicKey: {
        /** Its id. */
        readonly id: string
        /** SPKI in PEM. */
        readonly pem: string
      }
    }>
  >
  /** Show usage: `GET /usage` */
  readonly readUsage: (request?: Options) => Promise<
    Answer<{
      /** The month that is counted, in UTC. */
      readonly month: string
      /** The subscription tier. */
      readonly plan: string | null
      /** Requests of this month. */
      readonly requests: {
        /** How many there are. */
        readonly used: number
        /** What the plan allows; null is without a limit. */
        readonly limit: number | null
      }
      /** Members. */
      readonly members: {
        /** How many there are. */
        readonly used: number
        /** What the plan allows; null is without a limit. */
        readonly limit: number | null
      }
      /** API keys. */
      readonly keys: {
        /** How many there are. */
        readonly used: number
        /** What the plan allows; null is without a limit. */
        readonly limit: number | null
      }
      /** Requests a minute; null is without a limit. */
      readonly requestsPerMinute: number | null
    }>
  >
  /** List the versions of the keys: `GET /keys` */
  readonly listKeys: (request?: Options) => Promise<
    Answer<{
      /** A page of them. */
      readonly items: readonly {
        /** The log that the key seals: configuration, or the access log */
        readonly log: 'config' | 'access'
        /** Its version; one more with each change of it. */
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
      /** A page of them. */
      readonly items: readonly {
        /** The log that the key seals: configuration, or the access log */
        readonly log: 'config' | 'access'
        /** Its version; one more with each change of it. */
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
        /** At most so many of them. */
        readonly limit?: number | undefined
        /** Where the page before ended: `next` of its answer. */
        readonly cursor?: string | undefined
        /** The beginning of a name. */
        readonly q?: string | undefined
        /** Only of this plan. */
        readonly plan?: string | undefined
        /** Only of this brand. */
        readonly brand?: string | undefined
        /** Where the tenant is at home; a name of your own. */
        readonly region?: string | undefined
        /** Only those that are so. */
        readonly status?: 'active' | 'suspended' | 'closed' | undefined
        /** `tier=gold,region`: all of them; without a value it must be there. */
        readonly labels?: string | undefined
      }
    },
  ) => Promise<
    Answer<{
      /** A page of them. */
      readonly items: readonly {
        /** Its id. */
        readonly id: string
        /** Its name. */
        readonly name: string
        /** A name for people to read. */
        readonly displayName?: string | undefined
        /** The subscription tier. */
        readonly plan?: string | undefined
        /** The product that it belongs to. */
        readonly brand?: string | undefined
        /** Where the tenant is at home; a name of your own. */
        readonly region?: string | undefined
        /** The journal that it lies in. */
        readonly journal?: string | undefined
        /** Whether the tenant is served. */
        readonly status: 'active' | 'suspended' | 'closed'
        /** Labels of its own. */
        readonly labels: Readonly<Record<string, string>>
        /** When it was made, RFC 3339. */
        readonly createdAt: string
      }[]
      /** The cursor of the next page; null at the end. */
      readonly next: string | null
    }>
  >
  /** Create a tenant: `POST /platform/tenants` */
  readonly createPlatformTenant: (
    request: WriteOptions & {
      readonly body: {
        /** Its name, for good; another name is another one. */
        readonly name: string
        /** A name for people to read. */
        readonly displayName?: string | undefined
        /** The subscription tier. */
        readonly plan?: string | undefined
        /** The product that it belongs to. */
        readonly brand?: string | undefined
        /** Where the tenant is at home; a name of your own. */
        readonly region?: string | undefined
        /** The journal that its logs and keys go to: `main`, or one that the operator has named. */
        readonly journal?: string | undefined
        /** Labels of your own, such as {"tier":"gold"}. */
        readonly labels?: Readonly<Record<string, string>> | undefined
        /** The first owner's email. */
        readonly owner?: string | undefined
      }
    },
  ) => Promise<
    Answer<{
      /** Its id. */
      readonly id: string
      /** Its name. */
      readonly name: string
      /** A name for people to read. */
      readonly displayName?: string | undefined
      /** The subscription tier. */
      readonly plan?: string | undefined
      /** The product that it belongs to. */
      readonly brand?: string | undefined
      /** Where the tenant is at home; a name of your own. */
      readonly region?: string | undefined
      /** The journal that it lies in. */
      readonly journal?: string | undefined
      /** Whether the tenant is served. */
      readonly status: 'active' | 'suspended' | 'closed'
      /** Labels of its own. */
      readonly labels: Readonly<Record<string, string>>
      /** When it was made, RFC 3339. */
      readonly createdAt: string
      /** Its version; one more with each change of it. */
      readonly version: number
      /** The revision of the log. */
      readonly revision: number
      /** Who made it. */
      readonly createdBy: string
      /** When it was changed last, RFC 3339. */
      readonly updatedAt: string
      /** Who changed it last. */
      readonly updatedBy: string
      /** To be sent on; shown this once. */
      readonly invitation?:
        | {
            /** The address; null where nobody is left to have one. */
            readonly email: string
            /** Left out of a dry run. */
            readonly invitation?: string | undefined
            /** Until when it is good, RFC 3339; null: for ever. */
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
      /** Its id. */
      readonly id: string
      /** Its name. */
      readonly name: string
      /** A name for people to read. */
      readonly displayName?: string | undefined
      /** The subscription tier. */
      readonly plan?: string | undefined
      /** The product that it belongs to. */
      readonly brand?: string | undefined
      /** Where the tenant is at home; a name of your own. */
      readonly region?: string | undefined
      /** The journal that it lies in. */
      readonly journal?: string | undefined
      /** Whether the tenant is served. */
      readonly status: 'active' | 'suspended' | 'closed'
      /** Labels of its own. */
      readonly labels: Readonly<Record<string, string>>
      /** When it was made, RFC 3339. */
      readonly createdAt: string
      /** Its version; one more with each change of it. */
      readonly version: number
      /** The revision of the log. */
      readonly revision: number
      /** Who made it. */
      readonly createdBy: string
      /** When it was changed last, RFC 3339. */
      readonly updatedAt: string
      /** Who changed it last. */
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
        /** A name for people to read. */
        readonly displayName?: string | null | undefined
        /** The subscription tier. */
        readonly plan?: string | null | undefined
        /** The product that it belongs to. */
        readonly brand?: string | null | undefined
        /** Whether the tenant is served. */
        readonly status?: 'active' | 'suspended' | 'closed' | undefined
        /** Labels of your own, such as {"tier":"gold"}. */
        readonly labels?: Readonly<Record<string, string | null>> | null | undefined
      }
      readonly mediaType?: 'application/json' | 'application/merge-patch+json'
    },
  ) => Promise<
    Answer<{
      /** Its id. */
      readonly id: string
      /** Its name. */
      readonly name: string
      /** A name for people to read. */
      readonly displayName?: string | undefined
      /** The subscription tier. */
      readonly plan?: string | undefined
      /** The product that it belongs to. */
      readonly brand?: string | undefined
      /** Where the tenant is at home; a name of your own. */
      readonly region?: string | undefined
      /** The journal that it lies in. */
      readonly journal?: string | undefined
      /** Whether the tenant is served. */
      readonly status: 'active' | 'suspended' | 'closed'
      /** Labels of its own. */
      readonly labels: Readonly<Record<string, string>>
      /** When it was made, RFC 3339. */
      readonly createdAt: string
      /** Its version; one more with each change of it. */
      readonly version: number
      /** The revision of the log. */
      readonly revision: number
      /** Who made it. */
      readonly createdBy: string
      /** When it was changed last, RFC 3339. */
      readonly updatedAt: string
      /** Who changed it last. */
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
        /** The name once more. */
        readonly confirm?: string | undefined
        /** Goes on though places that its key was in are not reached; the certificate names them. */
        readonly leaveUnreached?: boolean | undefined
      }
    },
  ) => Promise<
    Answer<{
      /** What is signed. */
      readonly certificate?:
        | {
            /** What this is, for whoever verifies it. */
            readonly format: 'konfig erasure certificate 2' | 'konfig erasure certificate 1'
            /** The tenant; null: none, on the platform. */
            readonly tenant: {
              /** Its id. */
              readonly id: string
              /** Its name. */
              readonly name: string
            }
            /** Which log it is, or lies in. */
            readonly log: {
              /** Its id. */
              readonly id: string
              /** The revision of the log. */
              readonly revision: number
              /** How many batches it has. */
              readonly batches: number
              /** Of its chain, in hexadecimal: it verifies without the key. */
              readonly hash: string
            }
            /** What was destroyed. */
            readonly keys: readonly {
              /** Its version; one more with each change of it. */
              readonly version: number
              /** RFC 3339, in UTC. */
              readonly createdAt: string
            }[]
            /** Each place that the key is known to have been in. Format 1 does not say it. */
            readonly places?:
              | readonly {
                  /** The journal that it lies in. */
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
            /** Who erased it. */
            readonly erasedBy: string
            /** The id of the request. */
            readonly request: string
            /** Has a key of its own, and stays until its time ends. */
            readonly accessLog: string
            /** What may still hold it. */
            readonly backups: {
              /** How long backups are kept at most. */
              readonly keptDays: number
              /** Until then a backup may still hold it. */
              readonly until: string
            }
          }
        | undefined
      /** Of the installation, over the certificate. */
      readonly signature?:
        | {
            /** How it is signed. */
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
      /** What is signed. */
      readonly certificate: {
        /** What this is, for whoever verifies it. */
        readonly format: 'konfig erasure certificate 2' | 'konfig erasure certificate 1'
        /** The tenant; null: none, on the platform. */
        readonly tenant: {
          /** Its id. */
          readonly id: string
          /** Its name. */
          readonly name: string
        }
        /** Which log it is, or lies in. */
        readonly log: {
          /** Its id. */
          readonly id: string
          /** The revision of the log. */
          readonly revision: number
          /** How many batches it has. */
          readonly batches: number
          /** Of its chain, in hexadecimal: it verifies without the key. */
          readonly hash: string
        }
        /** What was destroyed. */
        readonly keys: readonly {
          /** Its version; one more with each change of it. */
          readonly version: number
          /** RFC 3339, in UTC. */
          readonly createdAt: string
        }[]
        /** Each place that the key is known to have been in. Format 1 does not say it. */
        readonly places?:
          | readonly {
              /** The journal that it lies in. */
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
        /** Who erased it. */
        readonly erasedBy: string
        /** The id of the request. */
        readonly request: string
        /** Has a key of its own, and stays until its time ends. */
        readonly accessLog: string
        /** What may still hold it. */
        readonly backups: {
          /** How long backups are kept at most. */
          readonly keptDays: number
          /** Until then a backup may still hold it. */
          readonly until: string
        }
      }
      /** Of the installation, over the certificate. */
      readonly signature: {
        /** How it is signed. */
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
      /** The address; null where nobody is left to have one. */
      readonly email: string
      /** Left out of a dry run. */
      readonly invitation?: string | undefined
      /** Until when it is good, RFC 3339; null: for ever. */
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
      /** A page of them. */
      readonly items: readonly {
        /** The log that the key seals: configuration, or the access log */
        readonly log: 'config' | 'access'
        /** Its version; one more with each change of it. */
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
        /** At most so many of them. */
        readonly limit?: number | undefined
        /** Where the page before ended: `next` of its answer. */
        readonly cursor?: string | undefined
        /** Only those with this text in them. */
        readonly q?: string | undefined
        /** By this field; with - before it from high to low. */
        readonly sort?: string | undefined
      }
    },
  ) => Promise<
    Answer<{
      /** A page of them. */
      readonly items: readonly {
        /** Its id. */
        readonly id: string
        /** Its name. */
        readonly name: string
        /** A name for people to read. */
        readonly displayName?: string | undefined
        /** What it is for. */
        readonly description?: string | undefined
        /** Its version; one more with each change of it. */
        readonly version: number
        /** The revision of the log. */
        readonly revision: number
        /** When it was made, RFC 3339. */
        readonly createdAt: string
        /** Who made it. */
        readonly createdBy: string
        /** When it was changed last, RFC 3339. */
        readonly updatedAt: string
        /** Who changed it last. */
        readonly updatedBy: string
      }[]
      /** The cursor of the next page; null at the end. */
      readonly next: string | null
    }>
  >
  /** Create a brand: `POST /platform/brands` */
  readonly createPlatformBrand: (
    request: WriteOptions & {
      readonly body: {
        /** Its name, for good; another name is another one. */
        readonly name: string
        /** A name for people to read. */
        readonly displayName?: string | undefined
        /** What it is for. */
        readonly description?: string | undefined
      }
    },
  ) => Promise<
    Answer<{
      /** Its id. */
      readonly id: string
      /** Its name. */
      readonly name: string
      /** A name for people to read. */
      readonly displayName?: string | undefined
      /** What it is for. */
      readonly description?: string | undefined
      /** Its version; one more with each change of it. */
      readonly version: number
      /** The revision of the log. */
      readonly revision: number
      /** When it was made, RFC 3339. */
      readonly createdAt: string
      /** Who made it. */
      readonly createdBy: string
      /** When it was changed last, RFC 3339. */
      readonly updatedAt: string
      /** Who changed it last. */
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
      /** Its id. */
      readonly id: string
      /** Its name. */
      readonly name: string
      /** A name for people to read. */
      readonly displayName?: string | undefined
      /** What it is for. */
      readonly description?: string | undefined
      /** Its version; one more with each change of it. */
      readonly version: number
      /** The revision of the log. */
      readonly revision: number
      /** When it was made, RFC 3339. */
      readonly createdAt: string
      /** Who made it. */
      readonly createdBy: string
      /** When it was changed last, RFC 3339. */
      readonly updatedAt: string
      /** Who changed it last. */
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
        /** A name for people to read. */
        readonly displayName?: string | undefined
        /** What it is for. */
        readonly description?: string | undefined
      }
    },
  ) => Promise<
    Answer<{
      /** Its id. */
      readonly id: string
      /** Its name. */
      readonly name: string
      /** A name for people to read. */
      readonly displayName?: string | undefined
      /** What it is for. */
      readonly description?: string | undefined
      /** Its version; one more with each change of it. */
      readonly version: number
      /** The revision of the log. */
      readonly revision: number
      /** When it was made, RFC 3339. */
      readonly createdAt: string
      /** Who made it. */
      readonly createdBy: string
      /** When it was changed last, RFC 3339. */
      readonly updatedAt: string
      /** Who changed it last. */
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
        /** A name for people to read. */
        readonly displayName?: string | null | undefined
        /** What it is for. */
        readonly description?: string | null | undefined
      }
      readonly mediaType?: 'application/json' | 'application/merge-patch+json'
    },
  ) => Promise<
    Answer<{
      /** Its id. */
      readonly id: string
      /** Its name. */
      readonly name: string
      /** A name for people to read. */
      readonly displayName?: string | undefined
      /** What it is for. */
      readonly description?: string | undefined
      /** Its version; one more with each change of it. */
      readonly version: number
      /** The revision of the log. */
      readonly revision: number
      /** When it was made, RFC 3339. */
      readonly createdAt: string
      /** Who made it. */
      readonly createdBy: string
      /** When it was changed last, RFC 3339. */
      readonly updatedAt: string
      /** Who changed it last. */
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
        /** Its own overrides go with it. */
        readonly cascade?: boolean | undefined
      }
    },
  ) => Promise<Answer<undefined>>
  /** List plans: `GET /platform/plans` */
  readonly listPlatformPlans: (
    request?: Options & {
      readonly query?: {
        /** At most so many of them. */
        readonly limit?: number | undefined
        /** Where the page before ended: `next` of its answer. */
        readonly cursor?: string | undefined
        /** Only those with this text in them. */
        readonly q?: string | undefined
        /** By this field; with - before it from high to low. */
        readonly sort?: string | undefined
      }
    },
  ) => Promise<
    Answer<{
      /** A page of them. */
      readonly items: readonly {
        /** Its id. */
        readonly id: string
        /** Its name. */
        readonly name: string
        /** A name for people to read. */
        readonly displayName?: string | undefined
        /** What it is for. */
        readonly description?: string | undefined
        /** What the plan allows, such as {"members":50}; null is without a limit. */
        readonly limits?:
          | {
              /** Requests a minute; null is without a limit. */
              readonly requestsPerMinute?: number | null | undefined
              /** Requests a month; null is without a limit. */
              readonly requestsPerMonth?: number | null | undefined
              /** Members. */
              readonly members?: number | null | undefined
              /** API keys. */
              readonly keys?: number | null | undefined
              /** Bytes of configuration; null is without a limit. */
              readonly storageBytes?: number | null | undefined
              /** Streams open at once; null is without a limit. */
              readonly streams?: number | null | undefined
              /** How long the access log is kept, in days; null is for ever. */
              readonly accessLogDays?: number | null | undefined
            }
          | undefined
        /** Its version; one more with each change of it. */
        readonly version: number
        /** The revision of the log. */
        readonly revision: number
        /** When it was made, RFC 3339. */
        readonly createdAt: string
        /** Who made it. */
        readonly createdBy: string
        /** When it was changed last, RFC 3339. */
        readonly updatedAt: string
        /** Who changed it last. */
        readonly updatedBy: string
      }[]
      /** The cursor of the next page; null at the end. */
      readonly next: string | null
    }>
  >
  /** Create a plan: `POST /platform/plans` */
  readonly createPlatformPlan: (
    request: WriteOptions & {
      readonly body: {
        /** Its name, for good; another name is another one. */
        readonly name: string
        /** A name for people to read. */
        readonly displayName?: string | undefined
        /** What it is for. */
        readonly description?: string | undefined
        /** What the plan allows, such as {"members":50}; null is without a limit. */
        readonly limits?:
          | {
              /** Requests a minute; null is without a limit. */
              readonly requestsPerMinute?: number | null | undefined
              /** Requests a month; null is without a limit. */
              readonly requestsPerMonth?: number | null | undefined
              /** Members at most; null is without a limit. */
              readonly members?: number | null | undefined
              /** API keys at most; null is without a limit. */
              readonly keys?: number | null | undefined
              /** Bytes of configuration; null is without a limit. */
              readonly storageBytes?: number | null | undefined
              /** Streams open at once; null is without a limit. */
              readonly streams?: number | null | undefined
              /** How long the access log is kept, in days; null is for ever. */
              readonly accessLogDays?: number | null | undefined
            }
          | undefined
      }
    },
  ) => Promise<
    Answer<{
      /** Its id. */
      readonly id: string
      /** Its name. */
      readonly name: string
      /** A name for people to read. */
      readonly displayName?: string | undefined
      /** What it is for. */
      readonly description?: string | undefined
      /** What the plan allows, such as {"members":50}; null is without a limit. */
      readonly limits?:
        | {
            /** Requests a minute; null is without a limit. */
            readonly requestsPerMinute?: number | null | undefined
            /** Requests a month; null is without a limit. */
            readonly requestsPerMonth?: number | null | undefined
            /** Members. */
            readonly members?: number | null | undefined
            /** API keys. */
            readonly keys?: number | null | undefined
            /** Bytes of configuration; null is without a limit. */
            readonly storageBytes?: number | null | undefined
            /** Streams open at once; null is without a limit. */
            readonly streams?: number | null | undefined
            /** How long the access log is kept, in days; null is for ever. */
            readonly accessLogDays?: number | null | undefined
          }
        | undefined
      /** Its version; one more with each change of it. */
      readonly version: number
      /** The revision of the log. */
      readonly revision: number
      /** When it was made, RFC 3339. */
      readonly createdAt: string
      /** Who made it. */
      readonly createdBy: string
      /** When it was changed last, RFC 3339. */
      readonly updatedAt: string
      /** Who changed it last. */
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
      /** Its id. */
      readonly id: string
      /** Its name. */
      readonly name: string
      /** A name for people to read. */
      readonly displayName?: string | undefined
      /** What it is for. */
      readonly description?: string | undefined
      /** What the plan allows, such as {"members":50}; null is without a limit. */
      readonly limits?:
        | {
            /** Requests a minute; null is without a limit. */
            readonly requestsPerMinute?: number | null | undefined
            /** Requests a month; null is without a limit. */
            readonly requestsPerMonth?: number | null | undefined
            /** Members. */
            readonly members?: number | null | undefined
            /** API keys. */
            readonly keys?: number | null | undefined
            /** Bytes of configuration; null is without a limit. */
            readonly storageBytes?: number | null | undefined
            /** Streams open at once; null is without a limit. */
            readonly streams?: number | null | undefined
            /** How long the access log is kept, in days; null is for ever. */
            readonly accessLogDays?: number | null | undefined
          }
        | undefined
      /** Its version; one more with each change of it. */
      readonly version: number
      /** The revision of the log. */
      readonly revision: number
      /** When it was made, RFC 3339. */
      readonly createdAt: string
      /** Who made it. */
      readonly createdBy: string
      /** When it was changed last, RFC 3339. */
      readonly updatedAt: string
      /** Who changed it last. */
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
        /** A name for people to read. */
        readonly displayName?: string | undefined
        /** What it is for. */
        readonly description?: string | undefined
        /** What the plan allows, such as {"members":50}; null is without a limit. */
        readonly limits?:
          | {
              /** Requests a minute; null is without a limit. */
              readonly requestsPerMinute?: number | null | undefined
              /** Requests a month; null is without a limit. */
              readonly requestsPerMonth?: number | null | undefined
              /** Members at most; null is without a limit. */
              readonly members?: number | null | undefined
              /** API keys at most; null is without a limit. */
              readonly keys?: number | null | undefined
              /** Bytes of configuration; null is without a limit. */
              readonly storageBytes?: number | null | undefined
              /** Streams open at once; null is without a limit. */
              readonly streams?: number | null | undefined
              /** How long the access log is kept, in days; null is for ever. */
              readonly accessLogDays?: number | null | undefined
            }
          | undefined
      }
    },
  ) => Promise<
    Answer<{
      /** Its id. */
      readonly id: string
      /** Its name. */
      readonly name: string
      /** A name for people to read. */
      readonly displayName?: string | undefined
      /** What it is for. */
      readonly description?: string | undefined
      /** What the plan allows, such as {"members":50}; null is without a limit. */
      readonly limits?:
        | {
            /** Requests a minute; null is without a limit. */
            readonly requestsPerMinute?: number | null | undefined
            /** Requests a month; null is without a limit. */
            readonly requestsPerMonth?: number | null | undefined
            /** Members. */
            readonly members?: number | null | undefined
            /** API keys. */
            readonly keys?: number | null | undefined
            /** Bytes of configuration; null is without a limit. */
            readonly storageBytes?: number | null | undefined
            /** Streams open at once; null is without a limit. */
            readonly streams?: number | null | undefined
            /** How long the access log is kept, in days; null is for ever. */
            readonly accessLogDays?: number | null | undefined
          }
        | undefined
      /** Its version; one more with each change of it. */
      readonly version: number
      /** The revision of the log. */
      readonly revision: number
      /** When it was made, RFC 3339. */
      readonly createdAt: string
      /** Who made it. */
      readonly createdBy: string
      /** When it was changed last, RFC 3339. */
      readonly updatedAt: string
      /** Who changed it last. */
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
        /** A name for people to read. */
        readonly displayName?: string | null | undefined
        /** What it is for. */
        readonly description?: string | null | undefined
        /** What the plan allows, such as {"members":50}; null is without a limit. */
        readonly limits?:
          | {
              /** Requests a minute; null is without a limit. */
              readonly requestsPerMinute?: number | null | undefined
              /** Requests a month; null is without a limit. */
              readonly requestsPerMonth?: number | null | undefined
              /** Members at most; null is without a limit. */
              readonly members?: number | null | undefined
              /** API keys at most; null is without a limit. */
              readonly keys?: number | null | undefined
              /** Bytes of configuration; null is without a limit. */
              readonly storageBytes?: number | null | undefined
              /** Streams open at once; null is without a limit. */
              readonly streams?: number | null | undefined
              /** How long the access log is kept, in days; null is for ever. */
              readonly accessLogDays?: number | null | undefined
            }
          | null
          | undefined
      }
      readonly mediaType?: 'application/json' | 'application/merge-patch+json'
    },
  ) => Promise<
    Answer<{
      /** Its id. */
      readonly id: string
      /** Its name. */
      readonly name: string
      /** A name for people to read. */
      readonly displayName?: string | undefined
      /** What it is for. */
      readonly description?: string | undefined
      /** What the plan allows, such as {"members":50}; null is without a limit. */
      readonly limits?:
        | {
            /** Requests a minute; null is without a limit. */
            readonly requestsPerMinute?: number | null | undefined
            /** Requests a month; null is without a limit. */
            readonly requestsPerMonth?: number | null | undefined
            /** Members. */
            readonly members?: number | null | undefined
            /** API keys. */
            readonly keys?: number | null | undefined
            /** Bytes of configuration; null is without a limit. */
            readonly storageBytes?: number | null | undefined
            /** Streams open at once; null is without a limit. */
            readonly streams?: number | null | undefined
            /** How long the access log is kept, in days; null is for ever. */
            readonly accessLogDays?: number | null | undefined
          }
        | undefined
      /** Its version; one more with each change of it. */
      readonly version: number
      /** The revision of the log. */
      readonly revision: number
      /** When it was made, RFC 3339. */
      readonly createdAt: string
      /** Who made it. */
      readonly createdBy: string
      /** When it was changed last, RFC 3339. */
      readonly updatedAt: string
      /** Who changed it last. */
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
        /** Its own overrides go with it. */
        readonly cascade?: boolean | undefined
      }
    },
  ) => Promise<Answer<undefined>>
  /** List environments (platform): `GET /platform/environments` */
  readonly listPlatformEnvironments: (
    request?: Options & {
      readonly query?: {
        /** At most so many of them. */
        readonly limit?: number | undefined
        /** Where the page before ended: `next` of its answer. */
        readonly cursor?: string | undefined
        /** Only those with this text in them. */
        readonly q?: string | undefined
        /** A field; with - before it from high to low. */
        readonly sort?: string | undefined
        /** Only those that the platform, or the tenant, defines. */
        readonly definedBy?: string | undefined
        /** Only with this parent. */
        readonly parent?: string | undefined
        /** Only those that are protected, or only the others. */
        readonly protected?: boolean | undefined
      }
    },
  ) => Promise<
    Answer<{
      /** A page of them. */
      readonly items: readonly {
        /** Its name. */
        readonly name: string
        /** A name for people to read. */
        readonly displayName?: string | undefined
        /** What it is for. */
        readonly description?: string | undefined
        /** The environment whose values hold where it has none. */
        readonly parent?: string | undefined
        /** A write there needs a permission of its own and a precondition. */
        readonly protected: boolean
        /** Where it stands among the others, the lowest first. */
        readonly order: number
        /** Its id. */
        readonly id: string
        /** Whether the platform or the tenant defines it. */
        readonly definedBy: 'platform' | 'tenant'
        /** Of what a PUT would write; 0 while that is not there. */
        readonly version: number
        /** The revision of the log. */
        readonly revision: number
        /** When it was made, RFC 3339. */
        readonly createdAt: string
        /** Who made it. */
        readonly createdBy: string
        /** When it was changed last, RFC 3339. */
        readonly updatedAt: string
        /** Who changed it last. */
        readonly updatedBy: string
      }[]
      /** The cursor of the next page; null at the end. */
      readonly next: string | null
    }>
  >
  /** Create an environment (platform): `POST /platform/environments` */
  readonly createPlatformEnvironment: (
    request: WriteOptions & {
      readonly body: {
        /** Its name, for good; another name is another one. */
        readonly name: string
        /** A name for people to read. */
        readonly displayName?: string | undefined
        /** What it is for. */
        readonly description?: string | undefined
        /** The environment whose values hold where it has none. */
        readonly parent?: string | undefined
        /** A write there needs a permission of its own and a precondition. */
        readonly protected?: boolean | undefined
        /** Where it stands among the others, the lowest first. */
        readonly order?: number | undefined
      }
    },
  ) => Promise<
    Answer<{
      /** Its name. */
      readonly name: string
      /** A name for people to read. */
      readonly displayName?: string | undefined
      /** What it is for. */
      readonly description?: string | undefined
      /** The environment whose values hold where it has none. */
      readonly parent?: string | undefined
      /** A write there needs a permission of its own and a precondition. */
      readonly protected: boolean
      /** Where it stands among the others, the lowest first. */
      readonly order: number
      /** Its id. */
      readonly id: string
      /** Whether the platform or the tenant defines it. */
      readonly definedBy: 'platform' | 'tenant'
      /** Of what a PUT would write; 0 while that is not there. */
      readonly version: number
      /** The revision of the log. */
      readonly revision: number
      /** When it was made, RFC 3339. */
      readonly createdAt: string
      /** Who made it. */
      readonly createdBy: string
      /** When it was changed last, RFC 3339. */
      readonly updatedAt: string
      /** Who changed it last. */
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
      /** Its name. */
      readonly name: string
      /** A name for people to read. */
      readonly displayName?: string | undefined
      /** What it is for. */
      readonly description?: string | undefined
      /** The environment whose values hold where it has none. */
      readonly parent?: string | undefined
      /** A write there needs a permission of its own and a precondition. */
      readonly protected: boolean
      /** Where it stands among the others, the lowest first. */
      readonly order: number
      /** Its id. */
      readonly id: string
      /** Whether the platform or the tenant defines it. */
      readonly definedBy: 'platform' | 'tenant'
      /** Of what a PUT would write; 0 while that is not there. */
      readonly version: number
      /** The revision of the log. */
      readonly revision: number
      /** When it was made, RFC 3339. */
      readonly createdAt: string
      /** Who made it. */
      readonly createdBy: string
      /** When it was changed last, RFC 3339. */
      readonly updatedAt: string
      /** Who changed it last. */
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
        /** A name for people to read. */
        readonly displayName?: string | undefined
        /** What it is for. */
        readonly description?: string | undefined
        /** The environment whose values hold where it has none. */
        readonly parent?: string | undefined
        /** A write there needs a permission of its own and a precondition. */
        readonly protected?: boolean | undefined
        /** Where it stands among the others, the lowest first. */
        readonly order?: number | undefined
      }
    },
  ) => Promise<
    Answer<{
      /** Its name. */
      readonly name: string
      /** A name for people to read. */
      readonly displayName?: string | undefined
      /** What it is for. */
      readonly description?: string | undefined
      /** The environment whose values hold where it has none. */
      readonly parent?: string | undefined
      /** A write there needs a permission of its own and a precondition. */
      readonly protected: boolean
      /** Where it stands among the others, the lowest first. */
      readonly order: number
      /** Its id. */
      readonly id: string
      /** Whether the platform or the tenant defines it. */
      readonly definedBy: 'platform' | 'tenant'
      /** Of what a PUT would write; 0 while that is not there. */
      readonly version: number
      /** The revision of the log. */
      readonly revision: number
      /** When it was made, RFC 3339. */
      readonly createdAt: string
      /** Who made it. */
      readonly createdBy: string
      /** When it was changed last, RFC 3339. */
      readonly updatedAt: string
      /** Who changed it last. */
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
      /** Its name. */
      readonly name: string
      /** A name for people to read. */
      readonly displayName?: string | undefined
      /** What it is for. */
      readonly description?: string | undefined
      /** The environment whose values hold where it has none. */
      readonly parent?: string | undefined
      /** A write there needs a permission of its own and a precondition. */
      readonly protected: boolean
      /** Where it stands among the others, the lowest first. */
      readonly order: number
      /** Its id. */
      readonly id: string
      /** Whether the platform or the tenant defines it. */
      readonly definedBy: 'platform' | 'tenant'
      /** Of what a PUT would write; 0 while that is not there. */
      readonly version: number
      /** The revision of the log. */
      readonly revision: number
      /** When it was made, RFC 3339. */
      readonly createdAt: string
      /** Who made it. */
      readonly createdBy: string
      /** When it was changed last, RFC 3339. */
      readonly updatedAt: string
      /** Who changed it last. */
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
        /** At most so many of them. */
        readonly limit?: number | undefined
        /** Where the page before ended: `next` of its answer. */
        readonly cursor?: string | undefined
        /** Only those with this text in them. */
        readonly q?: string | undefined
        /** A field; with - before it from high to low. */
        readonly sort?: string | undefined
        /** Only those that the platform, or the tenant, defines. */
        readonly definedBy?: string | undefined
        /** Only those that are closed, or only the others. */
        readonly closed?: boolean | undefined
      }
    },
  ) => Promise<
    Answer<{
      /** A page of them. */
      readonly items: readonly {
        /** Its name. */
        readonly name: string
        /** A name for people to read. */
        readonly displayName?: string | undefined
        /** What it is for. */
        readonly description?: string | undefined
        /** Whether tenants may add no keys of their own. */
        readonly closed?: boolean | undefined
        /** Its id. */
        readonly id: string
        /** Whether the platform or the tenant defines it. */
        readonly definedBy: 'platform' | 'tenant'
        /** Of what a PUT would write; 0 while that is not there. */
        readonly version: number
        /** The revision of the log. */
        readonly revision: number
        /** When it was made, RFC 3339. */
        readonly createdAt: string
        /** Who made it. */
        readonly createdBy: string
        /** When it was changed last, RFC 3339. */
        readonly updatedAt: string
        /** Who changed it last. */
        readonly updatedBy: string
      }[]
      /** The cursor of the next page; null at the end. */
      readonly next: string | null
    }>
  >
  /** Create a namespace (platform): `POST /platform/namespaces` */
  readonly createPlatformNamespace: (
    request: WriteOptions & {
      readonly body: {
        /** Its name, for good; another name is another one. */
        readonly name: string
        /** A name for people to read. */
        readonly displayName?: string | undefined
        /** What it is for. */
        readonly description?: string | undefined
        /** Of a platform namespace: tenants add no keys to it. */
        readonly closed?: boolean | undefined
      }
    },
  ) => Promise<
    Answer<{
      /** Its name. */
      readonly name: string
      /** A name for people to read. */
      readonly displayName?: string | undefined
      /** What it is for. */
      readonly description?: string | undefined
      /** Whether tenants may add no keys of their own. */
      readonly closed?: boolean | undefined
      /** Its id. */
      readonly id: string
      /** Whether the platform or the tenant defines it. */
      readonly definedBy: 'platform' | 'tenant'
      /** Of what a PUT would write; 0 while that is not there. */
      readonly version: number
      /** The revision of the log. */
      readonly revision: number
      /** When it was made, RFC 3339. */
      readonly createdAt: string
      /** Who made it. */
      readonly createdBy: string
      /** When it was changed last, RFC 3339. */
      readonly updatedAt: string
      /** Who changed it last. */
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
      /** Its name. */
      readonly name: string
      /** A name for people to read. */
      readonly displayName?: string | undefined
      /** What it is for. */
      readonly description?: string | undefined
      /** Whether tenants may add no keys of their own. */
      readonly closed?: boolean | undefined
      /** Its id. */
      readonly id: string
      /** Whether the platform or the tenant defines it. */
      readonly definedBy: 'platform' | 'tenant'
      /** Of what a PUT would write; 0 while that is not there. */
      readonly version: number
      /** The revision of the log. */
      readonly revision: number
      /** When it was made, RFC 3339. */
      readonly createdAt: string
      /** Who made it. */
      readonly createdBy: string
      /** When it was changed last, RFC 3339. */
      readonly updatedAt: string
      /** Who changed it last. */
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
        /** A name for people to read. */
        readonly displayName?: string | undefined
        /** What it is for. */
        readonly description?: string | undefined
        /** Of a platform namespace: tenants add no keys to it. */
        readonly closed?: boolean | undefined
      }
    },
  ) => Promise<
    Answer<{
      /** Its name. */
      readonly name: string
      /** A name for people to read. */
      readonly displayName?: string | undefined
      /** What it is for. */
      readonly description?: string | undefined
      /** Whether tenants may add no keys of their own. */
      readonly closed?: boolean | undefined
      /** Its id. */
      readonly id: string
      /** Whether the platform or the tenant defines it. */
      readonly definedBy: 'platform' | 'tenant'
      /** Of what a PUT would write; 0 while that is not there. */
      readonly version: number
      /** The revision of the log. */
      readonly revision: number
      /** When it was made, RFC 3339. */
      readonly createdAt: string
      /** Who made it. */
      readonly createdBy: string
      /** When it was changed last, RFC 3339. */
      readonly updatedAt: string
      /** Who changed it last. */
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
      /** Its name. */
      readonly name: string
      /** A name for people to read. */
      readonly displayName?: string | undefined
      /** What it is for. */
      readonly description?: string | undefined
      /** Whether tenants may add no keys of their own. */
      readonly closed?: boolean | undefined
      /** Its id. */
      readonly id: string
      /** Whether the platform or the tenant defines it. */
      readonly definedBy: 'platform' | 'tenant'
      /** Of what a PUT would write; 0 while that is not there. */
      readonly version: number
      /** The revision of the log. */
      readonly revision: number
      /** When it was made, RFC 3339. */
      readonly createdAt: string
      /** Who made it. */
      readonly createdBy: string
      /** When it was changed last, RFC 3339. */
      readonly updatedAt: string
      /** Who changed it last. */
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
        /** At most so many of them. */
        readonly limit?: number | undefined
        /** Where the page before ended: `next` of its answer. */
        readonly cursor?: string | undefined
        /** Only those with this text in them. */
        readonly q?: string | undefined
        /** A field; with - before it from high to low. */
        readonly sort?: string | undefined
        /** Only of this type. */
        readonly type?: string | undefined
        /** Only those that the platform, or the tenant, defines. */
        readonly definedBy?: string | undefined
        /** Only those that come together like this. */
        readonly combine?: string | undefined
      }
    },
  ) => Promise<
    Answer<{
      /** A page of them. */
      readonly items: readonly {
        /** The namespace that it is in. */
        readonly namespace: string
        /** The key, within its namespace. */
        readonly key: string
        /** The layer that it comes from: platform, brand:…, plan:… or tenant. */
        readonly layer: string
        /** The environment that it holds in; none: its base value. */
        readonly environment?: string | undefined
        /** What it is, or what kind of value it takes. */
        readonly type: string
        /** As it is written in the own layer; absent where there is none. */
        readonly value?: unknown
        /** What a value must keep to, such as {"min":1,"max":120}. */
        readonly validation?: unknown
        /** How the values of several layers come together. */
        readonly combine?: unknown
        /** What it is for. */
        readonly description?: unknown
        /** What tenants may do to it, such as {"mode":"locked"}. */
        readonly policy?: unknown
        /** The own definition that waits behind the one of the platform. */
        readonly dormant?: true | undefined
        /** Its id. */
        readonly id: string
        /** Whether the platform or the tenant defines it. */
        readonly definedBy: 'platform' | 'tenant'
        /** Of what a PUT would write; 0 while that is not there. */
        readonly version: number
        /** The revision of the log. */
        readonly revision: number
        /** When it was made, RFC 3339. */
        readonly createdAt: string
        /** Who made it. */
        readonly createdBy: string
        /** When it was changed last, RFC 3339. */
        readonly updatedAt: string
        /** Who changed it last. */
        readonly updatedBy: string
      }[]
      /** The cursor of the next page; null at the end. */
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
        /** The key, within its namespace; for good. */
        readonly key: string
        /** What kind of value it takes. */
        readonly type: 'string' | 'number' | 'boolean' | 'select' | 'json'
        /** Its base value. */
        readonly value?: unknown
        /** What a value must keep to, such as {"min":1,"max":120}. */
        readonly validation?: Readonly<Record<string, unknown>> | undefined
        /** How the values of several layers come together. */
        readonly combine?: 'replace' | 'merge' | 'append' | undefined
        /** What it is for. */
        readonly description?: string | undefined
        /** What tenants may do to it, such as {"mode":"locked"}. */
        readonly policy?: Readonly<Record<string, unknown>> | undefined
      }
    },
  ) => Promise<
    Answer<{
      /** The namespace that it is in. */
      readonly namespace: string
      /** The key, within its namespace. */
      readonly key: string
      /** The layer that it comes from: platform, brand:…, plan:… or tenant. */
      readonly layer: string
      /** The environment that it holds in; none: its base value. */
      readonly environment?: string | undefined
      /** What it is, or what kind of value it takes. */
      readonly type: string
      /** As it is written in the own layer; absent where there is none. */
      readonly value?: unknown
      /** What a value must keep to, such as {"min":1,"max":120}. */
      readonly validation?: unknown
      /** How the values of several layers come together. */
      readonly combine?: unknown
      /** What it is for. */
      readonly description?: unknown
      /** What tenants may do to it, such as {"mode":"locked"}. */
      readonly policy?: unknown
      /** The own definition that waits behind the one of the platform. */
      readonly dormant?: true | undefined
      /** Its id. */
      readonly id: string
      /** Whether the platform or the tenant defines it. */
      readonly definedBy: 'platform' | 'tenant'
      /** Of what a PUT would write; 0 while that is not there. */
      readonly version: number
      /** The revision of the log. */
      readonly revision: number
      /** When it was made, RFC 3339. */
      readonly createdAt: string
      /** Who made it. */
      readonly createdBy: string
      /** When it was changed last, RFC 3339. */
      readonly updatedAt: string
      /** Who changed it last. */
      readonly updatedBy: string
    }>
  >
  /** Read a config (platform): `GET /platform/namespaces/{ns}/configs/{key}` */
  readonly readPlatformNamespaceConfig: (
    request: Options & {
      readonly path: {
        /** A name or an id. */
        readonly ns: string
        /** The key, within its namespace. */
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
      /** The namespace that it is in. */
      readonly namespace: string
      /** The key, within its namespace. */
      readonly key: string
      /** The layer that it comes from: platform, brand:…, plan:… or tenant. */
      readonly layer: string
      /** The environment that it holds in; none: its base value. */
      readonly environment?: string | undefined
      /** What it is, or what kind of value it takes. */
      readonly type: string
      /** As it is written in the own layer; absent where there is none. */
      readonly value?: unknown
      /** What a value must keep to, such as {"min":1,"max":120}. */
      readonly validation?: unknown
      /** How the values of several layers come together. */
      readonly combine?: unknown
      /** What it is for. */
      readonly description?: unknown
      /** What tenants may do to it, such as {"mode":"locked"}. */
      readonly policy?: unknown
      /** The own definition that waits behind the one of the platform. */
      readonly dormant?: true | undefined
      /** Its id. */
      readonly id: string
      /** Whether the platform or the tenant defines it. */
      readonly definedBy: 'platform' | 'tenant'
      /** Of what a PUT would write; 0 while that is not there. */
      readonly version: number
      /** The revision of the log. */
      readonly revision: number
      /** When it was made, RFC 3339. */
      readonly createdAt: string
      /** Who made it. */
      readonly createdBy: string
      /** When it was changed last, RFC 3339. */
      readonly updatedAt: string
      /** Who changed it last. */
      readonly updatedBy: string
    }>
  >
  /** Set a value, or replace the definition (platform): `PUT /platform/namespaces/{ns}/configs/{key}` */
  readonly putPlatformNamespaceConfig: (
    request: WriteOptions & {
      readonly path: {
        /** A name or an id. */
        readonly ns: string
        /** The key, within its namespace. */
        readonly key: string
      }
      readonly query?: {
        /** The override in this environment; without it the base value. */
        readonly environment?: string | undefined
        /** `platform` if it is left out, `brand:<name>` or `plan:<name>`. */
        readonly layer?: string | undefined
      }
      readonly body: {
        /** What kind of value it takes. */
        readonly type?: 'string' | 'number' | 'boolean' | 'select' | 'json' | undefined
        /** Its base value. */
        readonly value?: unknown
        /** What a value must keep to, such as {"min":1,"max":120}. */
        readonly validation?: Readonly<Record<string, unknown>> | undefined
        /** How the values of several layers come together. */
        readonly combine?: 'replace' | 'merge' | 'append' | undefined
        /** What it is for. */
        readonly description?: string | undefined
        /** What tenants may do to it, such as {"mode":"locked"}. */
        readonly policy?: Readonly<Record<string, unknown>> | undefined
      }
    },
  ) => Promise<
    Answer<{
      /** The namespace that it is in. */
      readonly namespace: string
      /** The key, within its namespace. */
      readonly key: string
      /** The layer that it comes from: platform, brand:…, plan:… or tenant. */
      readonly layer: string
      /** The environment that it holds in; none: its base value. */
      readonly environment?: string | undefined
      /** What it is, or what kind of value it takes. */
      readonly type: string
      /** As it is written in the own layer; absent where there is none. */
      readonly value?: unknown
      /** What a value must keep to, such as {"min":1,"max":120}. */
      readonly validation?: unknown
      /** How the values of several layers come together. */
      readonly combine?: unknown
      /** What it is for. */
      readonly description?: unknown
      /** What tenants may do to it, such as {"mode":"locked"}. */
      readonly policy?: unknown
      /** The own definition that waits behind the one of the platform. */
      readonly dormant?: true | undefined
      /** Its id. */
      readonly id: string
      /** Whether the platform or the tenant defines it. */
      readonly definedBy: 'platform' | 'tenant'
      /** Of what a PUT would write; 0 while that is not there. */
      readonly version: number
      /** The revision of the log. */
      readonly revision: number
      /** When it was made, RFC 3339. */
      readonly createdAt: string
      /** Who made it. */
      readonly createdBy: string
      /** When it was changed last, RFC 3339. */
      readonly updatedAt: string
      /** Who changed it last. */
      readonly updatedBy: string
    }>
  >
  /** Patch a config (platform): `PATCH /platform/namespaces/{ns}/configs/{key}` */
  readonly patchPlatformNamespaceConfig: (
    request: WriteOptions & {
      readonly path: {
        /** A name or an id. */
        readonly ns: string
        /** The key, within its namespace. */
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
      /** The namespace that it is in. */
      readonly namespace: string
      /** The key, within its namespace. */
      readonly key: string
      /** The layer that it comes from: platform, brand:…, plan:… or tenant. */
      readonly layer: string
      /** The environment that it holds in; none: its base value. */
      readonly environment?: string | undefined
      /** What it is, or what kind of value it takes. */
      readonly type: string
      /** As it is written in the own layer; absent where there is none. */
      readonly value?: unknown
      /** What a value must keep to, such as {"min":1,"max":120}. */
      readonly validation?: unknown
      /** How the values of several layers come together. */
      readonly combine?: unknown
      /** What it is for. */
      readonly description?: unknown
      /** What tenants may do to it, such as {"mode":"locked"}. */
      readonly policy?: unknown
      /** The own definition that waits behind the one of the platform. */
      readonly dormant?: true | undefined
      /** Its id. */
      readonly id: string
      /** Whether the platform or the tenant defines it. */
      readonly definedBy: 'platform' | 'tenant'
      /** Of what a PUT would write; 0 while that is not there. */
      readonly version: number
      /** The revision of the log. */
      readonly revision: number
      /** When it was made, RFC 3339. */
      readonly createdAt: string
      /** Who made it. */
      readonly createdBy: string
      /** When it was changed last, RFC 3339. */
      readonly updatedAt: string
      /** Who changed it last. */
      readonly updatedBy: string
    }>
  >
  /** Delete a config or an override (platform): `DELETE /platform/namespaces/{ns}/configs/{key}` */
  readonly deletePlatformNamespaceConfig: (
    request: WriteOptions & {
      readonly path: {
        /** A name or an id. */
        readonly ns: string
        /** The key, within its namespace. */
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
        /** The key, within its namespace. */
        readonly key: string
      }
      readonly query?: {
        /** At most so many of them. */
        readonly limit?: number | undefined
        /** Where the page before ended: `next` of its answer. */
        readonly cursor?: string | undefined
        /** The override in this environment; without it the base value. */
        readonly environment?: string | undefined
        /** `platform`, `brand:<name>` or `plan:<name>`; all if it is left out. */
        readonly layer?: string | undefined
      }
    },
  ) => Promise<
    Answer<{
      /** A page of them. */
      readonly items: readonly {
        /** Its version; one more with each change of it. */
        readonly version: number
        /** What became of it with this version. */
        readonly changeType: 'create' | 'update' | 'delete'
        /** The value. */
        readonly value?: unknown
        /** The environment that it holds in; none: its base value. */
        readonly environment?: string | undefined
        /** The layer that it comes from: platform, brand:…, plan:… or tenant. */
        readonly layer?: string | undefined
        /** When, RFC 3339. */
        readonly changedAt: string
        /** Who: `user:<id>`, `key:<id>` or `system`. */
        readonly changedBy: string
        /** The revision of the log. */
        readonly revision: number
        /** Why, as whoever made it said. */
        readonly message?: string | undefined
      }[]
      /** The cursor of the next page; null at the end. */
      readonly next: string | null
    }>
  >
  /** List overrides, and what is inert (platform): `GET /platform/overrides` */
  readonly listPlatformOverrides: (
    request?: Options & {
      readonly query?: {
        /** At most so many of them. */
        readonly limit?: number | undefined
        /** Where the page before ended: `next` of its answer. */
        readonly cursor?: string | undefined
        /** Only those with this text in them. */
        readonly q?: string | undefined
        /** A field; with - before it from high to low. */
        readonly sort?: string | undefined
        /** A name or an id. */
        readonly namespace?: string | undefined
        /** What is set for this environment; with `inert=true` all that is skipped in it. */
        readonly environment?: string | undefined
        /** true: only what a rule forbids now; false: only what is alive everywhere. */
        readonly inert?: boolean | undefined
      }
    },
  ) => Promise<
    Answer<{
      /** A page of them. */
      readonly items: readonly {
        /** Its id. */
        readonly id: string
        /** The namespace that it is in. */
        readonly namespace: string
        /** The key, within its namespace. */
        readonly key: string
        /** The layer that it comes from: platform, brand:…, plan:… or tenant. */
        readonly layer: string
        /** The environment that it holds in; none: its base value. */
        readonly environment?: string | undefined
        /** The value. */
        readonly value: unknown
        /** Its version; one more with each change of it. */
        readonly version: number
        /** The revision of the log. */
        readonly revision: number
        /** When it was changed last, RFC 3339. */
        readonly updatedAt: string
        /** Who changed it last. */
        readonly updatedBy: string
        /** What a rule forbids now, or whether it does: kept and skipped. */
        readonly inert: readonly {
          /** The environment that it holds in; none: its base value. */
          readonly environment?: string | undefined
          /** Why. */
          readonly reason: string
          /** The rule that it breaks. */
          readonly rule: string
        }[]
      }[]
      /** The cursor of the next page; null at the end. */
      readonly next: string | null
    }>
  >
  /** Roll a config back to a version (platform): `POST /platform/namespaces/{ns}/configs/{key}/rollback` */
  readonly rollbackPlatformNamespaceConfig: (
    request: WriteOptions & {
      readonly path: {
        /** A name or an id. */
        readonly ns: string
        /** The key, within its namespace. */
        readonly key: string
      }
      readonly body: {
        /** The version to go back to. */
        readonly version: number
        /** The environment that it is about. */
        readonly environment?: string | undefined
        /** `platform` if it is left out, `brand:<name>` or `plan:<name>`. */
        readonly layer?: string | undefined
      }
    },
  ) => Promise<
    Answer<{
      /** The namespace that it is in. */
      readonly namespace: string
      /** The key, within its namespace. */
      readonly key: string
      /** The layer that it comes from: platform, brand:…, plan:… or tenant. */
      readonly layer: string
      /** The environment that it holds in; none: its base value. */
      readonly environment?: string | undefined
      /** What it is, or what kind of value it takes. */
      readonly type: string
      /** As it is written in the own layer; absent where there is none. */
      readonly value?: unknown
      /** What a value must keep to, such as {"min":1,"max":120}. */
      readonly validation?: unknown
      /** How the values of several layers come together. */
      readonly combine?: unknown
      /** What it is for. */
      readonly description?: unknown
      /** What tenants may do to it, such as {"mode":"locked"}. */
      readonly policy?: unknown
      /** The own definition that waits behind the one of the platform. */
      readonly dormant?: true | undefined
      /** Its id. */
      readonly id: string
      /** Whether the platform or the tenant defines it. */
      readonly definedBy: 'platform' | 'tenant'
      /** Of what a PUT would write; 0 while that is not there. */
      readonly version: number
      /** The revision of the log. */
      readonly revision: number
      /** When it was made, RFC 3339. */
      readonly createdAt: string
      /** Who made it. */
      readonly createdBy: string
      /** When it was changed last, RFC 3339. */
      readonly updatedAt: string
      /** Who changed it last. */
      readonly updatedBy: string
    }>
  >
  /** Apply changes (platform): `POST /platform/changes` */
  readonly applyPlatformChanges: (
    request: WriteOptions & {
      readonly body: {
        /** Why, for the history. */
        readonly message?: string | undefined
        /** Refuse unless the log is at this revision; needed where protected environments are touched. */
        readonly ifRevision?: number | undefined
        /** What to put and to delete, all of it or nothing. */
        readonly changes: readonly {
          /** Whether it is to be there as sent, or gone. */
          readonly op: 'put' | 'delete'
          /** The resource as a manifest; to delete it, its kind and metadata are enough. */
          readonly resource: {
            /** namespace, config, override, environment … */
            readonly kind: string
            /** What it is called, and where it is. */
            readonly metadata: {
              /** Its name, for good; another name is another one. */
              readonly name: string
              /** The namespace that it is about. */
              readonly namespace?: string | undefined
              /** platform, brand:…, plan:… or tenant; the own layer, if left out. */
              readonly layer?: string | undefined
              /** The environment that it is about. */
              readonly environment?: string | undefined
              /** Labels of your own, such as {"tier":"gold"}. */
              readonly labels?: Readonly<Record<string, string>> | undefined
            }
            /** What it holds, by its kind. */
            readonly spec?: Readonly<Record<string, unknown>> | undefined
          }
          /** The version that is expected; 0: nothing is there. */
          readonly ifVersion?: number | undefined
        }[]
      }
    },
  ) => Promise<
    Answer<{
      /** The revision of the log. */
      readonly revision: number
      /** null: nothing had to change, or a dry run. */
      readonly commit: string | null
      /** One for each change, in their order. */
      readonly results: readonly {
        /** What kind of resource it is. */
        readonly kind: string
        /** Its name. */
        readonly name: string
        /** Its version; one more with each change of it. */
        readonly version: number
      }[]
    }>
  >
  /** List commits (platform): `GET /platform/commits` */
  readonly listPlatformCommits: (
    request?: Options & {
      readonly query?: {
        /** Only with changes of this kind, such as config. */
        readonly kind?: string | undefined
        /** An id, a name, or namespace/key. */
        readonly resource?: string | undefined
        /** Only by this user or API key, as the list names it. */
        readonly actor?: string | undefined
        /** A revision or an RFC 3339 time, the oldest to list. */
        readonly from?: string | undefined
        /** A revision or an RFC 3339 time, the newest to list. */
        readonly to?: string | undefined
        /** At most so many of them. */
        readonly limit?: number | undefined
        /** Where the page before ended: `next` of its answer. */
        readonly cursor?: string | undefined
      }
    },
  ) => Promise<
    Answer<{
      /** A page of them. */
      readonly items: readonly {
        /** The revision of the log. */
        readonly revision: number
        /** Its id. */
        readonly id: string
        /** When, RFC 3339. */
        readonly time: string
        /** Who did it: `user:<id>`, `key:<id>` or `system`. */
        readonly actor: string
        /** How it came about. */
        readonly origin: {
          /** What it is, or what kind of value it takes. */
          readonly type: string
          /** The id of the request. */
          readonly request?: string | undefined
          /** What it goes back to, or which one it undoes. */
          readonly of?: string | undefined
        }
        /** Why, as whoever made it said. */
        readonly message?: string | undefined
        /** What there is to change, or how many changes it holds. */
        readonly changes: number
      }[]
      /** The cursor of the next page; null at the end. */
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
      /** The revision of the log. */
      readonly revision: number
      /** Its id. */
      readonly id: string
      /** When, RFC 3339. */
      readonly time: string
      /** Who did it: `user:<id>`, `key:<id>` or `system`. */
      readonly actor: string
      /** How it came about. */
      readonly origin: {
        /** What it is, or what kind of value it takes. */
        readonly type: string
        /** The id of the request. */
        readonly request?: string | undefined
        /** What it goes back to, or which one it undoes. */
        readonly of?: string | undefined
      }
      /** Why, as whoever made it said. */
      readonly message?: string | undefined
      /** What it changed. */
      readonly diff: readonly {
        /** What kind of resource it is. */
        readonly kind: string
        /** Its name. */
        readonly name: string
        /** The namespace that it is in. */
        readonly namespace?: string | undefined
        /** The layer that it comes from: platform, brand:…, plan:… or tenant. */
        readonly layer?: string | undefined
        /** The environment that it holds in; none: its base value. */
        readonly environment?: string | undefined
        /** What becomes, or became, of it. */
        readonly op: 'create' | 'update' | 'delete'
        /** The body before; null where there was none. */
        readonly before: unknown
        /** The body after; null where there is none. */
        readonly after: unknown
        /** The caller may not see it, or how many they may not. */
        readonly hidden?: true | undefined
      }[]
      /** The caller may not see it, or how many they may not. */
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
        /** At most so many of them. */
        readonly limit?: number | undefined
        /** Where the page before ended: `next` of its answer. */
        readonly cursor?: string | undefined
      }
    },
  ) => Promise<
    Answer<{
      /** A page of them. */
      readonly items: readonly {
        /** Its id. */
        readonly id: string
        /** RFC 3339, in UTC. */
        readonly time: string
        /** Which log it is, or lies in. */
        readonly log: 'config' | 'access'
        /** In its own log. */
        readonly revision: number
        /** What it is, or what kind of value it takes. */
        readonly type: string
        /** Who did it: `user:<id>`, `key:<id>` or `system`. */
        readonly actor: {
          /** Its id. */
          readonly id: string
          /** Its name. */
          readonly name: string | null
        }
        /** What it is about. */
        readonly resource: string | null
        /** What a commit changed, the first hundred. */
        readonly resources: readonly {
          /** What kind of resource it is. */
          readonly kind: string
          /** Its name. */
          readonly name: string
          /** The namespace that it is in. */
          readonly namespace?: string | undefined
          /** The environment that it holds in; none: its base value. */
          readonly environment?: string | undefined
          /** What becomes, or became, of it. */
          readonly op: 'put' | 'delete'
        }[]
        /** What there is to change, or how many changes it holds. */
        readonly changes: number
        /** Why, as whoever made it said. */
        readonly message: string | null
        /** The id of the request. */
        readonly request: string | null
        /** What else is known of it. */
        readonly data: Readonly<Record<string, unknown>>
      }[]
      /** The cursor of the next page; null at the end. */
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
      /** Whether all is as it was written. */
      readonly ok: boolean
      /** The logs, one by one. */
      readonly logs: readonly {
        /** `gone`: a head of it was kept, and it is none of the two that there are. */
        readonly log: 'config' | 'access' | 'gone'
        /** Its id. */
        readonly id: string
        /** Whether all is as it was written. */
        readonly ok: boolean
        /** The newest that is good, or the first that is not. */
        readonly revision: number
        /** How many batches it has. */
        readonly batches: number | null
        /** Why. */
        readonly reason: string | null
        /** What was cut away at its beginning, when its time was over. */
        readonly trimmed: {
          /** All up to it went. */
          readonly revision: number
          /** RFC 3339, in UTC. */
          readonly until: string
        } | null
        /** A line that is to be kept elsewhere, and be given to a later verification. */
        readonly head: string | null
      }[]
      /** The Ed25519 key with which the installation signs checkpoints and heads. */
      readonly publicKey: {
        /** Its id. */
        readonly id: string
        /** SPKI in PEM. */
        readonly pem: string
      }
    }>
  >
  /** List the versions of the keys (platform): `GET /platform/keys` */
  readonly listPlatformKeys: (request?: Options) => Promise<
    Answer<{
      /** A page of them. */
      readonly items: readonly {
        /** The log that the key seals: configuration, or the access log */
        readonly log: 'config' | 'access'
        /** Its version; one more with each change of it. */
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
      /** A page of them. */
      readonly items: readonly {
        /** The log that the key seals: configuration, or the access log */
        readonly log: 'config' | 'access'
        /** Its version; one more with each change of it. */
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
        /** At most so many of them. */
        readonly limit?: number | undefined
        /** Where the page before ended: `next` of its answer. */
        readonly cursor?: string | undefined
        /** Only those with this text in them. */
        readonly q?: string | undefined
        /** Only with this role. */
        readonly role?: string | undefined
        /** By this field; with - before it from high to low. */
        readonly sort?: string | undefined
      }
    },
  ) => Promise<
    Answer<{
      /** A page of them. */
      readonly items: readonly {
        /** The user's id. */
        readonly id: string
        /** The address; null where nobody is left to have one. */
        readonly email: string | null
        /** A name for people to read. */
        readonly displayName: string | null
        /** The roles that are held. */
        readonly roles: readonly string[]
        /** Its version; one more with each change of it. */
        readonly version: number
        /** RFC 3339, in UTC. */
        readonly createdAt: string
        /** RFC 3339, in UTC. */
        readonly updatedAt: string
      }[]
      /** The cursor of the next page; null at the end. */
      readonly next: string | null
    }>
  >
  /** Invite a member (platform): `POST /platform/members` */
  readonly createPlatformMember: (
    request: WriteOptions & {
      readonly body: {
        /** Case and Unicode variants are one address. */
        readonly email: string
        /** What the member may do, such as editor. */
        readonly roles: readonly string[]
      }
    },
  ) => Promise<
    Answer<{
      /** Of the invitation. */
      readonly id: string
      /** The address; null where nobody is left to have one. */
      readonly email: string
      /** The roles that are held. */
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
        /** Its id, or its name. */
        readonly id: string
      }
    },
  ) => Promise<
    Answer<{
      /** The user's id. */
      readonly id: string
      /** The address; null where nobody is left to have one. */
      readonly email: string | null
      /** A name for people to read. */
      readonly displayName: string | null
      /** The roles that are held. */
      readonly roles: readonly string[]
      /** Its version; one more with each change of it. */
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
        /** Its id, or its name. */
        readonly id: string
      }
      readonly body: {
        /** What the member may do, such as editor. */
        readonly roles: readonly string[]
      }
      readonly mediaType?: 'application/json' | 'application/merge-patch+json'
    },
  ) => Promise<
    Answer<{
      /** The user's id. */
      readonly id: string
      /** The address; null where nobody is left to have one. */
      readonly email: string | null
      /** A name for people to read. */
      readonly displayName: string | null
      /** The roles that are held. */
      readonly roles: readonly string[]
      /** Its version; one more with each change of it. */
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
        /** Its id, or its name. */
        readonly id: string
      }
    },
  ) => Promise<Answer<undefined>>
  /** List API keys (platform): `GET /platform/api-keys` */
  readonly listPlatformApiKeys: (
    request?: Options & {
      readonly query?: {
        /** At most so many of them. */
        readonly limit?: number | undefined
        /** Where the page before ended: `next` of its answer. */
        readonly cursor?: string | undefined
        /** Only those with this text in them. */
        readonly q?: string | undefined
        /** Only with this role. */
        readonly role?: string | undefined
        /** By this field; with - before it from high to low. */
        readonly sort?: string | undefined
      }
    },
  ) => Promise<
    Answer<{
      /** A page of them. */
      readonly items: readonly {
        /** Its id. */
        readonly id: string
        /** Its name. */
        readonly name: string
        /** The public part of the key's text. */
        readonly keyId: string
        /** What the holder may do. */
        readonly role: string
        /** None: all. */
        readonly namespaces: readonly string[]
        /** None: all. */
        readonly environments: readonly string[]
        /** Until when it is good, RFC 3339; null: for ever. */
        readonly expiresAt: string | null
        /** Whether its time is over. */
        readonly expired: boolean
        /** Its version; one more with each change of it. */
        readonly version: number
        /** RFC 3339, in UTC. */
        readonly createdAt: string
        /** Who made it. */
        readonly createdBy: string
      }[]
      /** The cursor of the next page; null at the end. */
      readonly next: string | null
    }>
  >
  /** Make an API key (platform): `POST /platform/api-keys` */
  readonly createPlatformApiKey: (
    request: WriteOptions & {
      readonly body: {
        /** Its name, for good; another name is another one. */
        readonly name: string
        /** What the holder may do, such as reader. */
        readonly role: string
        /** Only in these namespaces; none named are all. */
        readonly namespaces?: readonly string[] | undefined
        /** Only in these environments; none named are all. */
        readonly environments?: readonly string[] | undefined
        /** RFC 3339, a time to come. */
        readonly expiresAt?: string | undefined
      }
    },
  ) => Promise<
    Answer<{
      /** Its id. */
      readonly id: string
      /** Left out of a dry run. */
      readonly key?: string | undefined
    }>
  >
  /** Show an API key (platform): `GET /platform/api-keys/{id}` */
  readonly readPlatformApiKey: (
    request: Options & {
      readonly path: {
        /** Its id, or its name. */
        readonly id: string
      }
    },
  ) => Promise<
    Answer<{
      /** Its id. */
      readonly id: string
      /** Its name. */
      readonly name: string
      /** The public part of the key's text. */
      readonly keyId: string
      /** What the holder may do. */
      readonly role: string
      /** None: all. */
      readonly namespaces: readonly string[]
      /** None: all. */
      readonly environments: readonly string[]
      /** Until when it is good, RFC 3339; null: for ever. */
      readonly expiresAt: string | null
      /** Whether its time is over. */
      readonly expired: boolean
      /** Its version; one more with each change of it. */
      readonly version: number
      /** RFC 3339, in UTC. */
      readonly createdAt: string
      /** Who made it. */
      readonly createdBy: string
    }>
  >
  /** Revoke an API key (platform): `DELETE /platform/api-keys/{id}` */
  readonly deletePlatformApiKey: (
    request: WriteOptions & {
      readonly path: {
        /** Its id, or its name. */
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
      /** To be sent on; shown this once. */
      readonly invitation: string
      /** Until when it is good, RFC 3339; null: for ever. */
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
