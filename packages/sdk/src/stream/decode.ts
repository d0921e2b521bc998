// What an event of the stream says. Owns the wire shape of sync, change and revoked; anything else is garbage or none of our business.
import { isObject } from '../values/json.ts'
import { parsePoint, type Point } from '../values/point.ts'
import { type Named, readRemoved, readValues, type Scope } from '../values/scope.ts'
import type { Message } from './parse.ts'

export type Update =
  | { readonly type: 'sync'; readonly values: Named; readonly point: Point; readonly log: string | undefined }
  | { readonly type: 'change'; readonly changed: Named; readonly removed: readonly string[]; readonly point: Point }
  | { readonly type: 'same'; readonly point: Point }
  | { readonly type: 'revoked' }
  | { readonly type: 'unknown' }
  | { readonly type: 'garbage' }

const parse = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

const garbage: Update = { type: 'garbage' }

export const decode = (scope: Scope, message: Extract<Message, { readonly type: 'event' | 'id' }>): Update => {
  const point = parsePoint(message.id)
  if (message.type === 'id') return point === undefined ? garbage : { type: 'same', point }
  // Whatever it says, the key is dead.
  if (message.event === 'revoked') return { type: 'revoked' }
  // Later servers may say more than this client knows.
  if (message.event !== 'sync' && message.event !== 'change') return { type: 'unknown' }
  const data = parse(message.data)
  if (!isObject(data) || point === undefined) return garbage
  if (message.event === 'sync') {
    const values = readValues(scope, data['values'])
    const log = data['log']
    return values === undefined
      ? garbage
      : { type: 'sync', values, point, log: typeof log === 'string' ? log : undefined }
  }
  const changed = readValues(scope, data['changed'] ?? {})
  const removed = readRemoved(scope, data['removed'])
  return changed === undefined || removed === undefined ? garbage : { type: 'change', changed, removed, point }
}
