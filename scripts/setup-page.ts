/** The page docs/setup.md, made from the registries of preferences and keys, and from the parts of views. */
import type {Preference} from '../source/preferences/preference.js';
import {preferenceIds, registry} from '../source/preferences/preferences.js';
import {
	builtInViews,
	viewEntries,
	viewPartNames,
	viewParts,
} from '../source/preferences/saved-view.js';
import {keyLabel} from '../source/screen/keys/key-names.js';
import type {KeyTable} from '../source/screen/state/state.js';
import {kebabCase} from '../source/text/spelling.js';
import {defaultKeyTable} from '../source/screen/controls/default-key-table.js';
import {modeNames} from '../source/screen/keys/key-table.js';
import {code, notice, table} from './markdown.js';

const valuesOf = (preference: Preference): string => {
	switch (preference.kind) {
		case 'choice': {
			return preference.options.map(({value, meaning}) => `${code(value)} (${meaning})`).join(', ');
		}

		case 'number': {
			return `${preference.unit}, ${preference.min} to ${preference.max}`;
		}

		case 'switch': {
			return '`true` or `false`';
		}

		case 'list': {
			return `names of ${preference.of}s`;
		}

		case 'order': {
			return 'a field, `FIELD:asc` or `FIELD:desc`; several separated by commas';
		}

		case 'text': {
			return 'text';
		}
	}
};

const defaultOf = ({byDefault}: Preference): string => code(JSON.stringify(byDefault).replaceAll(',', ', '));

const example = `theme = "dark"
interval = 2
columns = ["state", "local", "peer", "rxRate", "process"]

[keys]
open-filter = ["F4", "Ctrl-F"]
toggle-tcp = []

[views.web]
filter = "port 443"
state = "established"
sort = "rxRate"`;

/** The table `[serve]`, for docs/setup.md and docs/metrics.md. */
export const serveExample = `[serve.peer-groups]
office = ["10.1.0.0/16", "2001:db8:1::/48"]
database = ["10.2.3.4"]

[serve.services]
shop = [8080, "8443/tcp"]`;

/** Docs/setup.md. */
export const setupPage = (keyTable: KeyTable = defaultKeyTable): string => [
	'# Setup',
	notice,
	'`F2` or `S` opens the setup screen. The table below it shows each change immediately; leaving the screen (`Esc`, `q`, `F10`) saves the changes.'
	+ ' `Space` turns an item on or off or selects the next option. `+` and `-` change a number, an option or the order, or move a column. `Enter` opens the list of'
	+ ' options, edits a number, or waits for a key. `Del` restores the default. Letters search: `rtt` shows the columns that have it in their names or meanings,'
	+ ' `rtt ms` those that have both words; `Enter` then turns them on or off, because `Space` types a blank.',
	'![The setup screen: the columns to choose from, and the table that shows each change](../media/setup-dark.svg)',
	'Settings are saved and apply immediately. What you toggle with keys in the list is temporary and not saved: names (`n`), lines for screen readers (`L`), meters'
	+ ' (`#`), the order (`F6` and others), filters and groups. Filters, groups and order can be saved as a view (`V`). With `--read-only`, nothing acts until conntop'
	+ ' exits, whatever the settings say.',
	'## The file',
	'Settings are saved in `~/.config/conntop/config.toml` (below `$XDG_CONFIG_HOME` if that is set). `--config FILE` uses another file, `--no-config` none.'
	+ ' Only the live view and `serve` read the file: the output of `list` and `events` depends on the command line alone. Command line options override the file and are not'
	+ ' written to it.',
	`\`\`\`toml\n${example}\n\`\`\``,
	'Unknown and invalid entries are ignored. conntop reports each with its line at the start and on the page Mistakes of the setup screen. Saving changes only what you'
	+ ' changed: comments, order, and entries that conntop does not understand stay as they are. If that is not possible (a table written in one line), the file is'
	+ ' rewritten, and the previous one is kept beside it with the suffix `.bak`. The file is replaced completely or not at all; if it is a link, it stays a link.'
	+ ' Several instances may save at the same time: each adds its changes to those of the others.',
	'The file must be a regular file of at most 1 MB. conntop does not save into a home directory that belongs to another user (as for root after `sudo -E`) or does not'
	+ ' exist, and does not follow links of other users; it then says so.',
	'## Preferences',
	table(['Name', 'Values', 'Default', 'Meaning'], preferenceIds.map(id => {
		const preference: Preference = registry[id];
		return [code(kebabCase(id)), valuesOf(preference), defaultOf(preference), preference.meaning];
	})),
	'`auto` asks the terminal for its background when conntop starts (OSC 11), and becomes `dark` or `light` when the terminal answers. Until then, and if no answer'
	+ ' comes, it uses `COLORFGBG`, which some terminals set; without that, it uses colours that are readable on both backgrounds. If the preference names a theme, the'
	+ ' terminal never changes it.',
	'`dark`, `light` and `colour-blind` have their own colours on terminals with 24-bit colours (`COLORTERM=truecolor`) or 256 colours (`TERM=…-256color`); each meets the'
	+ ' contrast that WCAG requires on its background. On terminals with 16 colours, which users can define, they use those that are readable on both backgrounds.'
	+ ' `NO_COLOR` means `monochrome`.',
	'## Keys',
	'`[keys]` assigns other keys to commands: one in quotes, or several in brackets; empty brackets mean no key. They apply wherever the command has keys: in the'
	+ ' lists, menus, dialogs, inspector, help and setup. A command that opens something also closes it with the same key. Keys are written `F4`, `Ctrl-F`, `Alt-x`,'
	+ ' `PgUp`, `Space`, `x`.',
	'Some keys are fixed: lines of text (filter, search, view name, text in the setup) keep their editing keys, and `Esc`, `F10`, `Ctrl-C` and `Ctrl-\\`'
	+ ' always go back or quit. In the sort menu and in the setup, letters jump and search: there a command has only those of its keys that are not letters, or its'
	+ ' default keys if it has no others.',
	'A key that another command already has in the same place is reported with both commands and the place, and is not assigned. The same key may have different'
	+ ' meanings in the journal and in the inspector.',
	table(['Command', 'Default keys', 'What it does', 'Where'], [...keyTable.changeable].map(([command, {description, keys, modes}]) => [
		code(kebabCase(command)), keys.map(key => code(keyLabel(key))).join(' '), description, modeNames(keyTable, modes).join(', '),
	])),
	'## Views',
	'A view is a named set of filter, toggles, groups, columns and order. `V` saves the current one, `v` opens the view menu (`Del` deletes one), `--view NAME`'
	+ ' starts with one. In the file, a view is a table `[views.NAME]`; missing parts have the values of the preferences.',
	table(['Name', 'Values', 'Meaning'], viewPartNames.map(part => [code(kebabCase(part)), valuesOf(viewParts[part]), viewParts[part].meaning])),
	'These views are built in; a saved view of the same name replaces one.',
	table(['View', 'Contents'], [...builtInViews].map(([name, view]) => [
		name, Object.entries(viewEntries(view)).map(([key, value]) => code(`${key} = ${JSON.stringify(value)}`)).join(' '),
	])),
	'## Names for metrics',
	'`[serve.peer-groups]` names networks of peers, and `[serve.services]` ports, in the metrics of `conntop serve` (`conntop help metrics`). A group is a list of networks'
	+ ' and addresses, a service a list of ports, with the transport protocol if only one is meant.',
	`\`\`\`toml\n${serveExample}\n\`\`\``,
].join('\n\n') + '\n';
