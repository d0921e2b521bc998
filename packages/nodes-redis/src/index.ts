// Nodes that tell each other over Redis what they did.
export { openRedis, type OpenRedis, type RedisNodes } from './open.ts'
