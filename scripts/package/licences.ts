// The licences of the libraries that a bundle holds: their terms ask that the text goes along. Reads node_modules; knows no bundler.
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'

const ofPackage = /^(.*node_modules\/(?:@[^/]+\/)?[^/]+)\//

/** Folders of the packages that these files belong to, each once, sorted. */
export const packagesOf = (files: readonly string[]): readonly string[] =>
  [...new Set(files.flatMap((file) => ofPackage.exec(file)?.[1] ?? []))].toSorted()

const describe = async (root: string, folder: string): Promise<string> => {
  const { name, version, license } = JSON.parse(await readFile(join(root, folder, 'package.json'), 'utf8')) as {
    readonly name: string
    readonly version: string
    readonly license?: string
  }
  const file = (await readdir(join(root, folder)))
    .toSorted()
    .find((each) => /^(licen[cs]e|copying)([.-].*)?$/i.test(each))
  if (file === undefined && license === undefined)
    throw new Error(`${name} names no licence, so it may not be bundled.`)
  const text =
    file === undefined ? `Licensed under ${license ?? ''}.` : await readFile(join(root, folder, file), 'utf8')
  return `${name} ${version}\n\n${text.trim()}\n`
}

/** One text for all of them. Throws for a package without any licence. */
export const licences = async (root: string, files: readonly string[]): Promise<string> => {
  const texts = await Promise.all(packagesOf(files).map((folder) => describe(root, folder)))
  return `Konfig holds parts of the following packages.\n\n${texts.join(`\n${'-'.repeat(80)}\n\n`)}`
}
