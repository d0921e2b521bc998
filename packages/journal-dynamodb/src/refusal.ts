// What a person must put right before the table can be opened. Its message is meant to be printed; it repeats no credentials.

export class CannotOpen extends Error {}
