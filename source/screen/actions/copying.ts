/** Copying parts of the row under the cursor. Each function takes the state and returns the next one. */
import {escapeText} from '../../text/escape.js';
import type {State} from '../state/state.js';

type Copy = {
	/** Entry in the menu. */
	readonly title: string;
	/** The text to copy; undefined if the row has none. */
	readonly text: (state: State) => string | undefined;
};

const copies: readonly Copy[] = [
	{
		title: 'Row',
		text({view, cells}) {
			const index = view?.rows.findIndex(({id}) => id === view.selected?.id) ?? -1;
			return cells.at(index)?.map(cell => cell.trim()).join('\t');
		},
	},
	{
		title: 'Tuple',
		text({view}) {
			const endpoints = view?.selected?.endpoints;
			return endpoints && `${endpoints.protocol} ${escapeText(endpoints.local)} ${escapeText(endpoints.peer)}`.trim();
		},
	},
	{title: 'Filter for it', text: ({view}) => view?.selected?.endpoints?.filter},
];

/** Entries of the menu. */
export const copyEntries = (): readonly string[] => copies.map(({title}) => title);

export const openCopies = (state: State): State => ({...state, mode: 'copy', menuIndex: 0});

/** Copies the selected item of the menu, and closes the menu. */
export const acceptCopy = (state: State): State => {
	const closed: State = {...state, mode: 'table'};
	const text = copies.at(state.menuIndex)?.text(state);
	return text === undefined
		? {...closed, notice: 'The endpoints do not identify this row, so it has no filter'}
		: {...closed, copied: {text}, notice: `Copied: ${text.replaceAll('\t', ' ')}`};
};

/** Why there is nothing to copy. */
export const whyNothingToCopy = ({view}: State): string | undefined => {
	const selected = view?.selected;
	if (selected === undefined) {
		return 'No row is selected: arrow keys select one';
	}

	return selected.id < 0 ? 'This is the head of a group: rows can be copied' : undefined;
};
