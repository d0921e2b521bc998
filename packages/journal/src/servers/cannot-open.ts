// What a person must put right before a database can be opened, in one class for all adapters. Knows none of them.

/** Its message is meant to be printed, in whole sentences; it repeats neither password nor URL. */
export class CannotOpen extends Error {}
