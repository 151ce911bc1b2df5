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

/** Docs/setup.md. */
export const setupPage = (keyTable: KeyTable = defaultKeyTable): string => [
	'# Setup',
	notice,
	'`F2` or `S` opens the setup screen. What is changed there shows at once, in the table below; leaving the screen (`Esc`, `q`, `F10`) saves it.'
	+ ' `Space` switches on or off or takes the next choice, `+` and `-` change a number, a choice or the order, or move a column. `Enter` opens the list of what there'
	+ ' is to choose from, types a number, or waits for a key; `Del` brings back what is there unless told. Letters find: `rtt` leaves the columns that have that in'
	+ ' their names or meanings, `rtt ms` those with both words; `Enter` switches them, as `Space` is a blank there.',
	'![The setup screen: the columns to choose from, and the table that follows at once](../media/setup-dark.svg)',
	'What is set here is kept, and counts at once. What keys switch in the list is of the moment and not kept: names'
	+ ' (`n`), lines for screen readers (`L`), meters (`#`), order (`F6` and others), what is shown and how it is grouped. A view (`V`) keeps the latter. With `--read-only` nothing acts until the end,'
	+ ' whatever is set here.',
	'## The file',
	'Settings are kept in `~/.config/conntop/config.toml` (below `$XDG_CONFIG_HOME` where that is set). `--config FILE` names another one, `--no-config` none.'
	+ ' Only the live view reads it: what `list` and `events` print depends on the command line alone. Options of the command line win over the file, and are'
	+ ' not written into it.',
	`\`\`\`toml\n${example}\n\`\`\``,
	'What conntop does not know, and what is wrong, is told in a sentence with its line when it starts and on the page Mistakes of the setup; it is ignored, and all else'
	+ ' counts. Saving changes only what was changed: comments, order, and what conntop does not understand stay as they are. Where that cannot be (a table'
	+ ' written in one line), the file is written anew and the one from before is kept beside it, with `.bak` at its end. The file is replaced whole or not at'
	+ ' all; a link to it stays a link. Several instances may save at the same moment: each adds its change to what the others have written.',
	'The file is a regular file of at most 1 MB. Nothing is saved in a home that belongs to another user, as root has it after `sudo -E`, or that does not exist, and'
	+ ' links of other users are not followed; conntop says so in a sentence.',
	'## Preferences',
	table(['Name', 'Values', 'Unless told', 'Meaning'], preferenceIds.map(id => {
		const preference: Preference = registry[id];
		return [code(kebabCase(id)), valuesOf(preference), defaultOf(preference), preference.meaning];
	})),
	'`auto` asks the terminal for its background when conntop starts (OSC 11), and is `dark` or `light` as soon as it answers. Until then, and where no answer comes,'
	+ ' `COLORFGBG` counts, which some terminals set; without that, it has colours that read on both. A theme that is named is never changed by the terminal.',
	'`dark`, `light` and `colour-blind` have colours of their own on terminals that show any (`COLORTERM=truecolor`) or 256 (`TERM=…-256color`); each reads on its'
	+ ' background with the contrast that WCAG asks for. On terminals with 16 colours, which are the person\'s own, those that read on both stand in. `NO_COLOR`'
	+ ' means `monochrome`.',
	'## Keys',
	'`[keys]` gives commands other keys: one in quotes, or several in brackets; none for no key. They count wherever the command has keys: in the lists, menus,'
	+ ' dialogs, inspector, help and setup. A command that opens something leaves it with the same key. Keys are written `F4`, `Ctrl-F`, `Alt-x`, `PgUp`, `Space`, `x`.',
	'What stays: lines of text (filter, search, name of a view, what is typed in the setup) keep the keys that edit them, and `Esc`, `F10`, `Ctrl-C` and `Ctrl-\\`'
	+ ' always go back or quit. In the sort menu and in the setup, letters jump and find: there a command has those of its keys that are no letters, and the ones'
	+ ' below where it has no others.',
	'A key that something else has in one of the places of the command is told, with both names and the place, and not taken. The same key may mean one thing in'
	+ ' the journal and another in the inspector.',
	table(['Command', 'Keys unless told', 'What it does', 'Where'], [...keyTable.changeable].map(([command, {description, keys, modes}]) => [
		code(kebabCase(command)), keys.map(key => code(keyLabel(key))).join(' '), description, modeNames(keyTable, modes).join(', '),
	])),
	'## Views',
	'A view is what is shown, under a name: filter, toggles, groups, columns and order. `V` saves what is shown now, `v` opens the menu of views (`Del` deletes'
	+ ' one), `--view NAME` starts with one. In the file, a view is a table `[views.NAME]`; what it does not say is as the preferences have it.',
	table(['Name', 'Values', 'Meaning'], viewPartNames.map(part => [code(kebabCase(part)), valuesOf(viewParts[part]), viewParts[part].meaning])),
	'These are built in; a view that is saved under the name of one takes its place.',
	table(['View', 'What it says'], [...builtInViews].map(([name, view]) => [
		name, Object.entries(viewEntries(view)).map(([key, value]) => code(`${key} = ${JSON.stringify(value)}`)).join(' '),
	])),
].join('\n\n') + '\n';
