// What the lane found out for a key, so that its next read finds all of it in one step: each further map is a walk through memory that, on a node
// of many tenants, no cache of the processor holds. Owns no truth: the key is compared, and its rights are asked of the newest state, every time.
import { type App, type HeldLog, numberOfKey, type ProvenKeys, type Shelf, type VerifiedKey } from '@konfig/app'
import type { State } from '@konfig/core'
import type { Desk, Desks } from '../limits/desk.ts'

export interface Seat {
  readonly key: VerifiedKey
  readonly held: HeldLog
  desk: Desk
  /** Where its last answer lay. */
  shelf: Shelf | undefined
}

/** The seat of the key that stands in a text from there to its end; undefined for what is no proven key of a tenant whose log is held. */
export type FindSeat = (text: string, from: number) => Seat | undefined

const mostSeats = 200_000

export const openSeats = (app: App, proven: ProvenKeys, desks: Desks): FindSeat => {
  const { logs, platform } = app
  const seats = new Map<number, Seat>()
  // A log that was let go is followed no more: nobody may read from it, nor keep it in memory.
  logs.onDrop(() => seats.clear())

  const take = (number: number, text: string, from: number): Seat | undefined => {
    const key = proven.find(text, from)
    if (key?.tenant === undefined) return undefined
    const held = logs.held(key.log)
    if (held === undefined) return undefined
    const seat: Seat = { key, held, desk: desks.at(key.tenant, held.state(), platform.state()), shelf: undefined }
    if (seats.size >= mostSeats) seats.clear()
    seats.set(number, seat)
    return seat
  }

  return (text, from) => {
    const number = numberOfKey(text, from)
    const seat = seats.get(number)
    return seat !== undefined && proven.is(seat.key, text, from) ? seat : take(number, text, from)
  }
}

/** The desk in step with these states; another one where it was swept meanwhile. */
export const deskOf = (desks: Desks, seat: Seat, state: State, platform: State): Desk => {
  const { tenant } = seat.key
  if (!seat.desk.gone) desks.renew(seat.desk, state, platform)
  else if (tenant !== undefined) seat.desk = desks.at(tenant, state, platform)
  return seat.desk
}
