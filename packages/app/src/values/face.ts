// What reading values answers: bytes that are ready to be sent, and the promise about them. Types only, so that others can be written against it.
import type { Point } from '@konfig/core'

/** An answer as it goes over the wire. The ETag is strong: equal tags, equal bytes. */
export interface ReadyAnswer {
  /** With its quotes. */
  readonly etag: string
  /**
   * Up to 8 KB a string whose every character is one byte of UTF-8 (send it as latin1), above that a Buffer: what node:http sends fastest.
   * Belongs to the cache: never change it.
   */
  readonly body: string | Buffer
  /** In bytes. */
  readonly length: number
}

/** What an operation sends: the answer, the point that it is of, and its media type. */
export interface ValuesAnswer extends ReadyAnswer {
  readonly point: Point
  readonly mediaType: string
}

export const formatNames = ['json', 'yaml', 'env', 'properties', 'toml', 'docker', 'configmap'] as const
export type FormatName = (typeof formatNames)[number]
export const layoutNames = ['flat', 'nested'] as const
export type LayoutName = (typeof layoutNames)[number]

export interface ReadOptions {
  /** May be left out where the API key is bound to exactly one. */
  readonly environment?: string | undefined
  /** A tenant revision, a point, or a time (RFC 3339). */
  readonly at?: string | undefined
  readonly explain?: boolean | undefined
}

export interface ReadDocumentOptions extends ReadOptions {
  readonly format?: FormatName | undefined
  readonly layout?: LayoutName | undefined
}

/** The text of an answer, for those who do not send its bytes. */
export const textOf = ({ body }: ReadyAnswer): string =>
  (typeof body === 'string' ? Buffer.from(body, 'latin1') : body).toString('utf8')
