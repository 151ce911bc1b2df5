/** Saves views concurrently in a separate process, and prints each result. */
import process from 'node:process';
import {saveChanges} from '../../source/preferences/configuration-file.js';
import {plainView} from '../../source/preferences/saved-view.js';

const [file, ...names] = process.argv.slice(2);
const sentences = await Promise.all(names.map(async name => saveChanges(file, [{kind: 'view', name, view: {...plainView, filter: `port ${name}`}}])));
process.stdout.write(sentences.map(sentence => `${sentence}\n`).join(''));
