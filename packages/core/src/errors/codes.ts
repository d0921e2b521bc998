// The one table of everything that can go wrong: code, category, a sentence with named holes.
// Knows nothing of HTTP or exit codes; those come from the category, in one place each.

export type Category =
  | 'malformed' // cannot be read at all: broken syntax, wrong types, unknown fields
  | 'invalid' // was read and breaks a rule
  | 'unauthenticated'
  | 'denied'
  | 'not_found'
  | 'conflict'
  | 'precondition_failed'
  | 'precondition_required'
  | 'unsupported' // a media type that is not spoken here
  | 'too_large'
  | 'rate_limited'
  | 'unavailable'
  | 'bug'

export interface Row {
  readonly category: Category
  /** A sentence for people; `{name}` is filled from the data of the failure, `{name:is|are}` is the first where that is 1. */
  readonly sentence: string
}

const row = (category: Category, sentence: string): Row => ({ category, sentence })

export const codes = {
  // reading a request
  malformed_request: row('malformed', 'The request cannot be read: {reason}.'),
  unknown_query: row('malformed', 'Query parameter {parameter} is not known here; known are {known}.'),
  environment_required: row('malformed', 'Name an environment with ?environment=; there are {choices}.'),
  point_ahead: row('malformed', 'Point {point} lies beyond what has been written; the newest is {newest}.'),
  unsupported_media_type: row('unsupported', 'Send {accepted}; this media type is not read here.'),
  too_large: row('too_large', '{what} is larger than {limit}; send less at a time.'),

  // who is asking
  unauthenticated: row('unauthenticated', 'Send a valid access token or API key.'),
  login_failed: row('unauthenticated', 'Email or password is wrong.'),
  token_expired: row('unauthenticated', 'The token is no longer valid; log in or refresh.'),
  denied: row('denied', 'This needs {permission}{where}.'),
  grant_exceeds: row('denied', 'Nobody grants more than they hold: {permission}{where} is not yours to give.'),
  owner_only: row('denied', 'Only an owner may do this to an owner.'),
  tenant_suspended: row('denied', 'The tenant is suspended; only export is open.'),
  registration_closed: row('denied', 'Registration is closed on this installation; ask for an invitation.'),
  rate_limited: row('rate_limited', 'Too many requests; try again in {seconds} s.'),
  quota_exceeded: row('rate_limited', 'The limit of {limit} {what} is used up.'),

  // what was asked for
  route_not_found: row('not_found', 'There is no such route.'),
  resource_not_found: row('not_found', 'There is no {kind} named {name}.'),
  version_not_found: row('not_found', 'There is no version {version} of {kind} {name}.'),
  revision_not_found: row('not_found', 'There is no revision {revision}; the newest is {newest}.'),
  no_value: row('not_found', 'Config {namespace}/{key} has no value in {environment}.'),
  method_not_allowed: row('not_found', 'This route does not take {method}.'),

  // the shape of a resource
  name_invalid: row('invalid', 'The name at {pointer} is not allowed: {rule}.'),
  body_invalid: row('invalid', '{pointer} {rule}.'),
  kind_unknown: row('invalid', 'There is no kind named so at {pointer}; kinds are {known}.'),
  kind_closed: row('invalid', 'Kind {kind} is changed by its own routes only.'),
  kind_misplaced: row('invalid', 'Kind {kind} has no place in this log.'),
  changes_rejected: row('invalid', '{count} of the changes {count:breaks|break} a rule; nothing was stored.'),
  duplicate_change: row('invalid', 'Change {index} and change {other} write the same {kind} {name}; keep one.'),

  // values
  value_invalid: row('invalid', 'The value of {namespace}/{key}{where} breaks its rule: {rule}.'),
  definition_invalid: row('invalid', 'The definition of {namespace}/{key} is not usable: {rule}.'),
  pattern_refused: row('invalid', 'The pattern at {pointer} is refused: {rule}.'),
  schema_refused: row('invalid', 'The JSON Schema at {pointer} is refused: {rule}.'),
  type_conflict: row('invalid', 'Values of {namespace}/{key} would no longer hold: {where}.'),
  policy_locked: row('conflict', 'The platform locked {namespace}/{key}; a tenant cannot override it.'),
  policy_bounded: row('conflict', 'The platform bounds {namespace}/{key}: {rule}.'),
  policy_misplaced: row('invalid', 'Only the platform sets a policy, and only on its own keys: {namespace}/{key}.'),
  reference_unknown: row('invalid', '{namespace}/{key} refers to {target}, which does not exist.'),
  reference_broken: row('invalid', 'The value of {namespace}/{key}{where} {rule}.'),
  names_collide: row('invalid', '{first} and {second} cannot both be written in {format}.'),
  value_unwritable: row(
    'invalid',
    'The value of {key} cannot be written in {format} so that all readers take it alike; choose json.',
  ),

  // rules between resources
  defined_by_platform: row('conflict', '{kind} {name} is defined by the platform.'),
  already_exists: row('conflict', 'The {kind} {name} exists already.'),
  already_created: row(
    'conflict',
    'This request was carried out before and made {kind} {id}; its secret was shown once.',
  ),
  in_use: row('conflict', '{kind} {name} is in use by {users}; change or delete that first.'),
  namespace_in_use: row(
    'conflict',
    'Namespace {namespace} still holds {config}; delete its configs first or pass ?cascade=true.',
  ),
  namespace_closed: row('conflict', 'Namespace {namespace} is closed: only the platform defines keys in it.'),
  target_unknown: row('invalid', '{pointer} names {kind} {name}, which does not exist.'),
  environment_cycle: row('invalid', 'Environment {environment} would be its own ancestor.'),
  environment_fixed: row(
    'conflict',
    "Environment {environment} is the platform's; a tenant may only set protected and order.",
  ),
  undo_blocked: row(
    'conflict',
    'Later changes or rules stand in the way of {names}; pass onConflict=skip to leave them as they are.',
  ),
  not_undoable: row('conflict', '{kind} {name} is governance; it is changed by its own routes only.'),
  import_conflicts: row(
    'conflict',
    '{count} {count:value differs|values differ} from what is there; choose onConflict=skip or onConflict=replace.',
  ),
  import_contradicts: row(
    'conflict',
    '{count} {count:key|keys} of the file {count:is|are} set to more than one value or type; mend the file, or pass onConflict=skip to leave {count:it|them} out.',
  ),
  import_invalid: row('invalid', 'The file cannot be imported: {reason}.'),
  tenant_not_suspended: row('conflict', 'Tenant {name} must be suspended before it is deleted.'),
  confirmation_required: row('conflict', 'This destroys {name} for good; pass ?confirm={name}.'),
  places_unreached: row(
    'conflict',
    'The keys of tenant {name} were also in {places}, which this node does not reach. Name each of them in KONFIG_JOURNALS and try again; or pass leaveUnreached=true: the certificate then says that they were left.',
  ),
  last_owner: row('conflict', 'A tenant keeps at least one owner.'),
  invitation_invalid: row('not_found', 'The invitation or link is not valid, or no longer.'),
  password_invalid: row('invalid', 'The password is refused: {rule}.'),
  limit_reached: row('conflict', 'The plan allows {limit} {what}.'),

  patch_failed: row('conflict', 'Operation {index} of the patch cannot be carried out: {rule}.'),

  // preconditions and repeats
  precondition_failed: row(
    'precondition_failed',
    '{kind} {name} is at version {version}, not the one you expected; read it again.',
  ),
  revision_moved: row('precondition_failed', 'The log is at revision {revision}, not {expected}; read again.'),
  precondition_required: row('precondition_required', '{why}: send {header}.'),
  idempotency_mismatch: row('invalid', 'This Idempotency-Key was used for another request.'),
  idempotency_in_flight: row('conflict', 'A request with this Idempotency-Key is still being carried out.'),

  // the machinery
  stale_handle: row('bug', 'A state was kept longer than it may be.'),
  outcome_unknown: row(
    'unavailable',
    'Whether {what} was stored is not known; ask again with the same Idempotency-Key.',
  ),
  unavailable: row('unavailable', '{what} is not available at the moment; try again in {seconds} s.'),
  overloaded: row('unavailable', 'Too much is asked of this node at once; try again in {seconds} s.'),
  behind: row('unavailable', 'This node has not yet seen point {point}; try again.'),
  journal_corrupt: row('bug', 'The stored log {log} does not verify at revision {revision}: {reason}.'),
  journal_newer: row('bug', 'The journal has format {found}, which a newer version of Konfig wrote; run that version.'),
  archive_unreadable: row('invalid', 'The backup cannot be read: {reason}.'),
  installation_missing: row('not_found', 'There is no installation in this journal.'),
  installation_present: row(
    'conflict',
    'There is something in the target already: {what}. Name a place that holds nothing.',
  ),
  restore_unfinished: row('conflict', 'A restore into this journal was cut short; empty it and restore again.'),
  key_store_refuses: row('unavailable', 'The key store refuses this node: {reason}.'),
  key_versions_full: row(
    'conflict',
    'The key of log {log} has {limit} versions, and each is needed to read what it sealed; it cannot be rotated again.',
  ),
  key_store_away: row(
    'unavailable',
    'The key store has not answered for {away} s: what is in memory goes on, and nothing of the platform is changed until it is back; try again in {seconds} s.',
  ),
  master_key_missing: row(
    'unavailable',
    'The keys of {what} are wrapped under master key {id}, which this node was not given; name it with one of the KONFIG_PREVIOUS_MASTER_ options, or finish `konfig key rewrap`.',
  ),
  rewrap_under_way: row(
    'conflict',
    'The installation is on its way from master key {from} to {to}; finish that, or go back, before another takes over.',
  ),
  key_wrong: row('bug', 'The master key does not open this installation.'),
  moved_away: row(
    'unavailable',
    'What was asked for went to a journal that this node does not reach; try again in {seconds} s. If it lasts, name that journal to the node.',
  ),
  installation_moved: row('conflict', 'This installation was moved to {where}; start its nodes there.'),
  nodes_running: row(
    'conflict',
    'Nodes run on this installation: {nodes}. Stop them first; one that was killed counts for {seconds} s after its last sign of life.',
  ),
  journal_unknown: row('invalid', '{pointer} names journal {name}; this installation has {known}.'),
  journal_foreign: row('conflict', 'Journal {name} {reason}.'),
  copy_diverges: row(
    'conflict',
    'The target holds another log {log}: from revision {revision} on it is not a copy of the source. Nothing of it was changed; copy into an empty place.',
  ),
  copy_differs: row('bug', 'The copy is not equal: {what}. The source was left as it is.'),
  log_erased: row('not_found', 'This log was erased.'),
  bug: row('bug', 'Something went wrong on our side; the request id tells us where.'),
} as const satisfies Record<string, Row>

export type Code = keyof typeof codes
