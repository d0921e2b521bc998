// Every code with its status and what to do about it: one list for the page at /docs/problems and for docs/problems.md. Knows no request.
import { type Category, type Code, codes, openSentence } from '@konfig/core'
import { statusOf, titles } from './problem.ts'

/** What helps against most codes of a category. */
const byCategory: Readonly<Record<Category, string>> = {
  malformed: 'Mend the request; sent again as it is, it fails again. /docs shows what the route takes.',
  invalid: 'Mend what the sentence or the list `errors` names, and send it again. Nothing was stored.',
  unauthenticated: 'Log in, refresh the access token, or send an API key that is in force.',
  denied: 'Ask somebody who may give the permission, or use a credential that has it.',
  not_found: 'Check the name, the tenant of the credential and the environment. What is elsewhere does not exist here.',
  conflict: 'Change or give up what stands in the way, as the sentence says. Nothing was stored.',
  precondition_failed: 'Read it again, decide again, and send the new ETag or revision.',
  precondition_required: 'Read first, then send what you read as the named precondition.',
  unsupported: 'Send one of the named media types in Content-Type.',
  too_large: 'Split it, or ask for less.',
  rate_limited: 'Wait as long as Retry-After says; a larger plan allows more.',
  unavailable: 'Send the same again after Retry-After. Writes need an Idempotency-Key for that.',
  bug: 'Give the request id to whoever runs the server: its log says more.',
}

/** Where something else helps. */
const byCode: Partial<Readonly<Record<Code, string>>> = {
  already_created: 'Delete what was made and make it anew: a secret is shown once only.',
  environment_required: 'Name one of the given environments, or use an API key that is bound to one.',
  invitation_invalid: 'Ask for a new invitation or link.',
  journal_corrupt: 'Stop, keep the files as they are, and restore a copy that verifies.',
  journal_newer: 'Run the version of Konfig that wrote the data, or a newer one.',
  key_wrong: 'Start with the master key that the installation was made with. Nothing was changed.',
  login_failed: 'Check both. An administrator of the platform can make a link to reset a password.',
  method_not_allowed: 'Use one of the methods in the header Allow.',
  no_value: 'Set a value, or look at /effective, which says why there is none.',
  outcome_unknown: 'Send the same again with the same Idempotency-Key, or read to see whether it is there.',
  tenant_suspended: 'Ask whoever runs the installation.',
}

export interface Entry {
  readonly code: Code
  readonly status: number
  readonly title: string
  readonly sentence: string
  readonly advice: string
}

export const catalogue = (): readonly Entry[] =>
  (Object.keys(codes) as Code[]).map((code) => {
    const { category } = codes[code]
    const sentence = openSentence(code)
    return {
      code,
      status: statusOf({ category, code, detail: sentence, data: {} }),
      title: titles[category],
      sentence,
      advice: byCode[code] ?? byCategory[category],
    }
  })
