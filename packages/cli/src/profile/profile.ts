// What a profile is, and the file that holds them. Owns the shape; reading and writing are its neighbours' work.
import { join } from 'node:path'

export interface Profile {
  readonly url: string
  readonly tenant?: string
  readonly email?: string
  readonly environment?: string
  readonly namespace?: string
  /** PEM file of the authority that signed the server's certificate. */
  readonly caFile?: string
  readonly apiKey?: string
  readonly accessToken?: string
  readonly refreshToken?: string
  /** Milliseconds since 1970, by this machine's clock. */
  readonly expiresAt?: number
}

export interface ProfileFile {
  readonly current?: string
  readonly profiles: { readonly [name: string]: Profile }
}

export const defaultProfile = 'default'

type Environment = { readonly [name: string]: string | undefined }

/** `$XDG_CONFIG_HOME/konfig/config.json`, else below `~/.config`. */
export const profilePath = (env: Environment): string => {
  const home = env['XDG_CONFIG_HOME']
  const folder =
    home !== undefined && home.startsWith('/') ? home : join(env['HOME'] ?? env['USERPROFILE'] ?? '.', '.config')
  return join(folder, 'konfig', 'config.json')
}
