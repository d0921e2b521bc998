export { type MongodbOptions, openMongodb } from './open.ts'
