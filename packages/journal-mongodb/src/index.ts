export { type MongodbOptions, type Opened, openMongodb } from './open.ts'
export { CannotOpen } from './refusal.ts'
