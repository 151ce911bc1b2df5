/** Reads an installed help page. */
import fs from 'node:fs';
import path from 'node:path';
import {nearestName} from '../text/nearest.js';
import {helpPages, topics} from './pages.js';
import {pageLines} from './terminal.js';

/** Columns of a page: longer lines are hard to read. */
const widest = 100;

/**
Returns the text of a help page, or for an unknown topic a sentence that suggests or lists topics.

@param topic Topic as typed by the user.
@param folder Folder of the pages.
@param columns Those of the terminal; undefined if there is none.
*/
export const readPage = (topic: string, folder: string, columns: number | undefined): {readonly text: string} | {readonly problem: string} => {
	const page = helpPages.find(each => each.topic === topic.toLowerCase());
	if (page === undefined) {
		const suggestion = nearestName(topic, topics);
		return {problem: `there is no help page "${topic}"; ${suggestion === undefined ? `there are ${topics.join(', ')}` : `did you mean "${suggestion}"?`}`};
	}

	return {text: pageLines(fs.readFileSync(path.join(folder, page.file), 'utf8'), Math.min(columns ?? widest, widest)).join('\n') + '\n'};
};
