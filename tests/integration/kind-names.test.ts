// No file decides by a kind's name but those that are about that kind, or about what only it has. A new one must be listed here, with its reason.
import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { kindNames } from '@konfig/core'
import { expect, it } from 'vitest'

const packages = join(import.meta.dirname, '../../packages')
const names = kindNames.join('|')
const decides = new RegExp(`kind\\)? *(?:===|!==) *'(?:${names})'|case '(?:${names})'`)

const reasons: { readonly [path: string]: string } = {
  'core/src/log/address.ts':
    'configs and overrides lie in a space for each namespace, layer and environment; all else in one for its kind',
  'core/src/access/require.ts': 'where a change shows: all else shows everywhere',
  'core/src/decide/judge.ts':
    'values are judged by resolving them: definitions, overrides and the tree of environments make them',
  'core/src/decide/restore.ts': 'the scopes of a restore are a namespace and an environment',
  'core/src/resolve/reference.ts': 'the two kinds of references, not of resources',
  'app/src/changes/readable.ts': 'where a resource may be read: all else by the namespaces that it names',
  'files/src/intention.ts': 'governance that manifests may write; the layer that an override has where none is named',
  'app/src/applications/find.ts': 'its own kind',
  'app/src/streams/selection.ts': 'what is asked for is namespaces or an application',
  'app/src/transfer/preview.ts': 'which values a change can touch: all else touches none',
  'app/src/changes/restore.ts': 'the scopes of a restore are a namespace and an environment',
  'app/src/transfer/weigh.ts': 'namespaces and environments that a file speaks of are made where they are missing',
  'app/src/transfer/export.ts': 'an export may be of one namespace',
  'app/src/identity/granting.ts': 'members, keys and roles hand rights on',
  'app/src/identity/member.ts': 'its own kind',
  'app/src/identity/api-key.ts': 'its own kind',
  'app/src/identity/create-api-key.ts': 'its own kind',
  'app/src/access/check-access.ts': 'subjects are members and keys',
  'app/src/access/who-can.ts': 'subjects are members and keys',
  'app/src/namespaces/find.ts': 'its own kind',
  'app/src/environments/read.ts': 'its own kind',
  'app/src/overrides/list.ts': 'its own kind',
  'app/src/tenants/create.ts': 'its own kind',
  'app/src/configs/by-id.ts': 'its own kinds: a key is a definition and its overrides',
  'app/src/configs/create.ts': 'its own kinds: a key is a definition and its overrides',
  'app/src/configs/delete.ts': 'its own kinds: a key is a definition and its overrides',
  'app/src/configs/patch.ts': 'its own kinds: a key is a definition and its overrides',
  'app/src/configs/put.ts': 'its own kinds: a key is a definition and its overrides',
  'app/src/configs/rollback.ts': 'its own kinds: a key is a definition and its overrides',
  'app/src/configs/target.ts': 'its own kinds: a key is a definition and its overrides',
  'cli/src/files/export.ts': 'a file for each namespace, with its configs and overrides',
  'cli/src/files/judge.ts': 'values are judged by definitions, overrides and environments, here as in core',
  'cli/src/files/plan.ts':
    'the layer that an override has where none is named; an environment of the platform belongs to no directory',
  'cli/src/files/promote.ts': 'what is promoted are overrides',
  'cli/src/values/definition.ts': 'the type of a key is in its definition',
  'cli/src/values/hint.ts': 'only configs have keys in a namespace, and versions that people go back to',
  'server/src/dispatch/admit.ts': 'a path takes the id of a namespace; the guard speaks of names',
}

it('no file decides by the name of a kind without a reason that is listed here', () => {
  const found = globSync('*/src/**/*.ts', { cwd: packages })
    .filter((path) => !/\.test\.ts$|\/testing\/|^core\/src\/kinds\//.test(path))
    .filter((path) => decides.test(readFileSync(join(packages, path), 'utf8')))
  expect(found.toSorted()).toEqual(Object.keys(reasons).toSorted())
})
