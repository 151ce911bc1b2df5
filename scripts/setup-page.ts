/** Generates docs/setup.md from the registries of preferences and keys and the parts of views. */
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
			return `${preference.unit}, ${preference.least} to ${preference.most}`;
		}

		case 'switch': {
			return '`true` or `false`';
		}

		case 'list': {
			return `names of ${preference.of}s`;
		}

		case 'order': {
			return 'a field, `FIELD:asc` or `FIELD:desc`; several with commas';
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

/** Generates docs/setup.md. */
export const setupPage = (keyTable: KeyTable = defaultKeyTable): string => [
	'# Setup',
	notice,
	'`F2` or `S` opens the setup screen. Changes apply immediately, in the table below; leaving the screen (`Esc`, `q`, `F10`) saves them.'
	+ ' `Space` switches an item on or off, or selects the next choice. `+` and `-` change a number, a choice or the order, or move a column. `Enter` opens a list of'
	+ ' choices, edits a number, or waits for a key. `Del` restores the default. Type letters to search: `rtt` shows the columns with `rtt` in their name or meaning,'
	+ ' `rtt ms` those with both words; then `Enter` switches a column, because `Space` types a blank.',
	'![The setup screen: the columns to choose from, and the table with them](../media/setup-dark.svg)',
	'Settings made here are saved and apply immediately. Settings that keys change in the list are temporary: names (`n`), lines for screen readers (`L`), meters (`#`),'
	+ ' sort order (`F6` and others), filter and grouping. A view (`V`) saves sort order, filter and grouping. `--read-only` disables all actions, regardless of the'
	+ ' settings.',
	'## The file',
	'Settings are stored in `~/.config/conntop/config.toml` (below `$XDG_CONFIG_HOME` if that is set). `--config FILE` uses another file, `--no-config` none.'
	+ ' Only the live view reads it: the output of `list` and `events` depends only on the command line. Options on the command line override the file, and are not'
	+ ' written to it.',
	`\`\`\`toml\n${example}\n\`\`\``,
	'Unknown and invalid entries are ignored; conntop reports each in a sentence with its line, at the start and on the page Mistakes of the setup. All other entries'
	+ ' apply. Saving changes only the entries that were changed: comments, order and unknown entries stay. If that is not possible (a table on one line), the file is'
	+ ' rewritten, and the old one is kept beside it with the suffix `.bak`. The file is replaced atomically; a link to it stays a link. Several instances may save at'
	+ ' the same time: each adds its changes to those of the others.',
	'The file must be a regular file of at most 1 MB. Nothing is saved in a home that belongs to another user, as for root after `sudo -E`, or that does not exist, and'
	+ ' links of other users are not followed. In these cases, conntop reports an error.',
	'## Preferences',
	table(['Name', 'Values', 'Default', 'Meaning'], preferenceIds.map(id => {
		const preference: Preference = registry[id];
		return [code(kebabCase(id)), valuesOf(preference), defaultOf(preference), preference.meaning];
	})),
	'`auto` queries the background of the terminal when conntop starts (OSC 11), and becomes `dark` or `light` when the terminal answers. Before that, or if it does not'
	+ ' answer, `auto` uses `COLORFGBG`, which some terminals set. Without that variable, it uses colours that are readable on both backgrounds. The terminal does not'
	+ ' change any other theme.',
	'`dark`, `light` and `colour-blind` have their own colours on terminals with true colour (`COLORTERM=truecolor`) or 256 colours (`TERM=…-256color`), with the contrast'
	+ ' that WCAG requires. On terminals with 16 colours, which people choose themselves, these themes use colours that are readable on both backgrounds. `NO_COLOR` means'
	+ ' `monochrome`.',
	'## Keys',
	'`[keys]` changes the keys of commands: one key in quotes, several in brackets, or empty brackets for none. They apply wherever the command has keys: in the lists,'
	+ ' menus, dialogs, inspector, help and setup. The key that opens something also closes it. Keys are written `F4`, `Ctrl-F`, `Alt-x`, `PgUp`, `Space`, `x`.',
	'Some keys are fixed: the keys that edit lines of text (filter, search, name of a view, text in the setup), and `Esc`, `F10`, `Ctrl-C` and `Ctrl-\\`, which always go'
	+ ' back or quit. In the sort menu and the setup, letters search. There, only those keys of a command apply that are not letters; if it has none, the default keys'
	+ ' below apply.',
	'A key that is already in use in one of the modes of the command is rejected; the message has both commands and the mode. The same key may have different meanings in'
	+ ' the journal and the inspector.',
	table(['Command', 'Default keys', 'What it does', 'Where'], [...keyTable.changeable].map(([command, {description, keys, modes}]) => [
		code(kebabCase(command)), keys.map(key => code(keyLabel(key))).join(' '), description, modeNames(keyTable, modes).join(', '),
	])),
	'## Views',
	'A view stores filter, toggles, grouping, columns and sort order under a name. `V` saves the current view, `v` opens the menu of views (`Del` deletes one), and'
	+ ' `--view NAME` starts with one. In the file, a view is a table `[views.NAME]`. Entries that it lacks have the values of the preferences.',
	table(['Name', 'Values', 'Meaning'], viewPartNames.map(part => [code(kebabCase(part)), valuesOf(viewParts[part]), viewParts[part].meaning])),
	'These views are built in. A view saved under the same name replaces one.',
	table(['View', 'Entries'], [...builtInViews].map(([name, view]) => [
		name, Object.entries(viewEntries(view)).map(([key, value]) => code(`${key} = ${JSON.stringify(value)}`)).join(' '),
	])),
].join('\n\n') + '\n';
