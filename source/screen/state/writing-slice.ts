/** Writing the list to a file. */
import type {WriteRequest} from '../../contract/writing.js';

export type WritingSlice = {
	/** What was asked for last; undefined before. */
	readonly writing: WriteRequest | undefined;
};

export const nothingWritten: WritingSlice = {writing: undefined};
