// What a person must put right before the database can be opened. Its message is meant to be printed; it repeats neither password nor URL.

export class CannotOpen extends Error {}
