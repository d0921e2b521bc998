export { type DynamodbOptions, openDynamodb } from './open.ts'
export { CannotOpen } from './refusal.ts'
