// Resolved values as environment variables of a program. Pure.
import { envName } from '@konfig/files'
import { refuse } from '../problem/problem.ts'

type Values = { readonly [name: string]: unknown }

export type Variables = { readonly [name: string]: string }

/** Variables by which loaders, shells and runtimes are told what else to run: whoever writes a value must not choose that. */
const loaders =
  /^(LD_.*|DYLD_.*|NODE_OPTIONS|NODE_PATH|PATH|IFS|ENV|BASH_ENV|SHELLOPTS|BASHOPTS|PS4|PYTHON(PATH|HOME|STARTUP|WARNINGS)|PERL5(OPT|LIB|DB)|RUBY(OPT|LIB)|_?JAVA_(TOOL_)?OPTIONS|JDK_JAVA_OPTIONS|CLASSPATH|GIT_.*)$/

const unusable = (detail: string, next: string): never =>
  refuse({ code: 'names_collide', outcome: 'invalid', detail, next })

/** By key where one namespace or an application is read, else by namespace and key; `prefix` stands before each name. */
export const variablesOf = (values: Values, grouped: boolean, prefix: string): Variables => {
  const named = grouped
    ? Object.entries(values).flatMap(([namespace, inside]) =>
        Object.entries(inside as Values).map(([key, value]) => [key, value, `${namespace}/${key}`] as const),
      )
    : Object.entries(values).map(([key, value]) => [key, value, key] as const)
  const variables = new Map<string, string>()
  const keys = new Map<string, string>()
  for (const [key, value, place] of named) {
    const name = prefix + envName(key)
    if (loaders.test(name))
      unusable(
        `${place} would be the variable ${name}, which decides what the program loads or runs.`,
        'Give the variables a prefix, as in --prefix APP_.',
      )
    const text = typeof value === 'string' ? value : JSON.stringify(value)
    const other = keys.get(name)
    if (other !== undefined)
      unusable(
        `${other} and ${place} would both be the variable ${name}.`,
        'Read one namespace with --namespace, or an application with --application.',
      )
    if (text.includes('\0'))
      unusable(`The value of ${place} holds a zero byte, which no variable can.`, 'Read it with `konfig get` instead.')
    keys.set(name, place)
    variables.set(name, text)
  }
  return Object.fromEntries(variables)
}
