// What a person must put right before the server can start. Owns that one type.

/** Its message is meant to be printed as it is. */
export class StartError extends Error {}
