/** Reads a page of help where it is installed. */
import fs from 'node:fs';
import path from 'node:path';
import {nearestName} from '../text/nearest.js';
import {helpPages, topics} from './pages.js';
import {pageLines} from './terminal.js';

/**
The text of a page, or a sentence that says which there are.

@param topic What was typed.
@param folder Where the pages are.
@param width Columns.
*/
export const readPage = (topic: string, folder: string, width: number): {readonly text: string} | {readonly problem: string} => {
	const page = helpPages.find(each => each.topic === topic.toLowerCase());
	if (page === undefined) {
		const meant = nearestName(topic, topics);
		return {problem: `there is no page of help on "${topic}"; ${meant === undefined ? `there are ${topics.join(', ')}` : `did you mean "${meant}"?`}`};
	}

	return {text: pageLines(fs.readFileSync(path.join(folder, page.file), 'utf8'), width).join('\n') + '\n'};
};
