export { type DynamodbOptions, openDynamodb } from './open.ts'
