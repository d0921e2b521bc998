// `konfig completion`: the script that a shell loads; it asks `konfig complete` what may stand next.
import { usage } from '../problem/problem.ts'
import { verb } from '../verb.ts'

const bash = `# konfig completion for bash; load it with: source <(konfig completion bash)
_konfig() {
  local words=("\${COMP_WORDS[@]:1:COMP_CWORD}")
  COMPREPLY=()
  local line
  while IFS= read -r line; do COMPREPLY+=("$line"); done < <(konfig complete -- "\${words[@]}" 2>/dev/null)
  [[ \${#COMPREPLY[@]} -eq 1 && \${COMPREPLY[0]} == */ ]] && compopt -o nospace
}
complete -o default -F _konfig konfig
`

const zsh = `#compdef konfig
# konfig completion for zsh; load it with: source <(konfig completion zsh)
_konfig() {
  local -a found
  found=("\${(@f)$(konfig complete -- "\${(@)words[2,CURRENT]}" 2>/dev/null)}")
  compadd -S '' -- \${found:#*[^/]} 2>/dev/null
  compadd -- \${found:#*/}
}
compdef _konfig konfig
`

const fish = `# konfig completion for fish; load it with: konfig completion fish | source
complete -c konfig -f -a '(konfig complete -- (commandline -opc)[2..-1] (commandline -ct) 2>/dev/null)'
`

const scripts: Readonly<Record<string, string>> = { bash, zsh, fish }

interface Options {
  readonly shell: string
}

export const completion = verb<Options>({
  arguments: [{ name: 'SHELL', description: 'bash, zsh or fish' }],
  examples: ['completion bash > /etc/bash_completion.d/konfig'],
  parse: ({ arguments: [shell = ''] }) =>
    Object.hasOwn(scripts, shell) ? { shell } : usage('That shell is not known.', 'There are bash, zsh and fish.'),
  run: async ({ shell }, { terminal }) => {
    terminal.write(scripts[shell] ?? '')
  },
})
