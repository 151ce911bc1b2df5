/** Completion scripts for shells. They call conntop to get the candidates. */
import type {Shell} from '../commands/shells.js';

const bash = `# Completion of conntop for bash.
_conntop() {
	local line options=
	COMPREPLY=()
	while IFS= read -r line; do
		case $line in
			'!files') compopt -o default ;;
			'!open') compopt -o nospace ;;
			?*) COMPREPLY+=("$line") ;;
		esac
	done < <("$1" completion bash -- "\${COMP_LINE:0:COMP_POINT}" "$2" 2>/dev/null)
}
complete -F _conntop conntop
`;

const zsh = `#compdef conntop
# Completion of conntop for zsh.
_conntop() {
	local line is_open
	local -a words_found lines_shown
	while IFS= read -r line; do
		case $line in
			'!files') _files; return ;;
			'!open') is_open=1 ;;
			?*)
				words_found+=("\${line%%$'\\t'*}")
				lines_shown+=("\${line/$'\\t'/  -- }")
				;;
		esac
	done < <("\${(Q)words[1]}" completion zsh -- "\${(@Q)words[1,CURRENT-1]}" "\${(Q)PREFIX}" 2>/dev/null)
	(( $#words_found )) || return 1
	compadd -l -d lines_shown \${is_open:+-S} \${is_open:+''} -- "\${words_found[@]}"
}
if [ "$funcstack[1]" = _conntop ]; then
	_conntop "$@"
else
	compdef _conntop conntop
fi
`;

const fish = String.raw`# Completion of conntop for fish.
function __conntop_complete
	set -l words (commandline -opc)
	set -l lines ($words[1] completion fish -- $words (commandline -ct) 2>/dev/null)
	if test "$lines[1]" = '!files'
		__fish_complete_path (commandline -ct)
	else
		for line in $lines
			test "$line" = '!open'; or printf '%s\n' $line
		end
	end
end
complete -c conntop -f -a '(__conntop_complete)'
`;

export const completionScripts: Readonly<Record<Shell, string>> = {bash, zsh, fish};
