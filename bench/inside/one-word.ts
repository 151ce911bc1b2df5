/** Draws one word with Ink and ends, as small as a program with Ink can be. */
import {createElement} from 'react';
import {render, Text} from 'ink';

render(createElement(Text, null, 'ready')).unmount();
