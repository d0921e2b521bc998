export { type MongodbOptions, type Opened, openMongodb } from './open.ts'
