// Makes what was only read as durable as a write: whoever tells that something has landed, which another attempt stored, writes first.
import { type Database, type Statement } from '../database.ts'
import { slots } from '../schema/tables.ts'

const touch: Statement = { text: 'UPDATE konfig_settling SET number = number + 1 WHERE slot = ?' }

/** What was visible before is on disk, and wherever a commit waits for it to be, once this resolves. */
export const makeSure = async (database: Database): Promise<void> => {
  await database.run(touch, [Math.floor(Math.random() * slots)])
}
